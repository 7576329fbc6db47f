noun-learning-plan = learning plan
noun-learning-goal = learning goal
noun-learning-evidence = evidence of learning
noun-self-assessment = self-assessment
noun-learning-reflection = reflection

# Plans, goals and evidence.
learning-plan-exists = You already have a plan for this period. Go on with it.
learning-too-many = There can be at most { $max }. Tidy up those that are there first.
goal-not-open = This can be done only while the goal is open; it is "{ $status }".
competency-unknown = This code of a competency is not known. Look at the competency model.
competency-level-unknown = There is no such level. Look at the competency model.
evidence-names-one = Name exactly one: a certificate, an activity, an artefact or a web address.
evidence-not-yours = This is not yours, or not in this plan.
assessment-unknown = There is no such self-assessment in this plan.
assessment-corrected = This self-assessment was corrected already. Correct the newest one.
assessment-of-other-competency = This self-assessment is of another competency.

# Sharing.
audience-names-one = Name exactly one: a community or a person.
community-not-yours = You are not an active member of this community.
shared-with-oneself = This is yours already.
person-unknown = This person was not found.

# Suggestions.
suggested-goal-competency = It serves your goal: { $competency }.
suggested-low-competency = It serves a competency you want to strengthen: { $competency }.
suggested-batch-near = A batch in your province takes applications.
suggested-near-school = Teachers of your school can join.
suggested-same-subject = It is about the subject you teach.
suggested-same-level = It is for the level of your school.

# Words.
action-learning-plan-read = seeing learning plans
action-learning-plan-create = beginning a learning plan
action-learning-goal-read = seeing learning goals
action-learning-goal-create = setting a learning goal
action-learning-goal-update = changing a learning goal
action-learning-goal-settle = saying where a learning goal stands
action-learning-goal-share = sharing a learning goal
action-learning-goal-unshare = sharing a learning goal no longer
action-learning-evidence-add = adding evidence of learning
action-learning-evidence-remove = taking evidence of learning away
action-self-assessment-read = seeing self-assessments
action-self-assessment-record = recording a self-assessment
action-learning-reflection-read = seeing reflections
action-learning-reflection-write = writing a reflection
action-learning-reflection-update = rewriting a reflection
action-learning-reflection-share = sharing a reflection
action-learning-reflection-unshare = sharing a reflection no longer
action-learning-suggestions-read = seeing suggestions
status-goal-open = open
status-goal-reached = reached
status-goal-dropped = dropped

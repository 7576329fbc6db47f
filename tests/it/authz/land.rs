//! What the matrix is asked about: three sides with one of everything each. The callers belong to the
//! first; the second is next door, in the same regency; the third is in another province.

use chrono::TimeDelta;
use entity::{
    activity, artefact, attendance, batch, certificate, certificate_payload, community, competence,
    credit_scheme, enrolment, organisation, person, program, resource_person, school, session_teacher,
};
use sanggar::access::grant::{Grant, Role};
use uuid::Uuid;

use super::{
    asked::put_correction,
    oracle::{Place, Thing},
    peers::fill_peers,
    recognised::Recognition,
    registered::Registered,
    rows::{cost_row, import_row, put_client, put_trail, region_row},
};
use crate::support::{
    TestApp,
    app::start,
    directory::put,
    group::presence_row,
    identity::put_staff,
    own_rows::erasure_row,
    own_rows::{consent_row, feed_row},
    rows::{
        activity_row, artefact_row, artefact_version_row, batch_row, certificate_row, community_row,
        credit_scheme_row, enrolment_row, membership_row, office_row, organisation_row, partner_row,
        person_row, program_row, school_row, series_row, session_row,
    },
};

/// One of everything, belonging together.
pub struct Side {
    pub region: &'static str,
    pub organisation: Uuid,
    pub school: Uuid,
    /// A teacher of the school, enrolled.
    pub person: Uuid,
    /// Who teaches the session, as a person and as a resource person.
    pub trainer: Uuid,
    pub speaker: Uuid,
    pub competence: Uuid,
    pub program: Uuid,
    pub draft_program: Uuid,
    pub batch: Uuid,
    pub draft_batch: Uuid,
    pub session: Uuid,
    pub enrolment: Uuid,
    /// The trainer's own, as one who learns: in the batch that is a draft.
    pub learning: Uuid,
    pub certificate: Uuid,
    pub import: Uuid,
    /// Of the school, with its teacher as the chair.
    pub community: Uuid,
    pub membership: Uuid,
    pub activity: Uuid,
    pub artefact: Uuid,
    pub draft_artefact: Uuid,
    pub activity_cost: Uuid,
    /// Other members of the community: of the first side the principal, who holds an office there; of the
    /// second the teacher and the principal of the first, who hold none.
    pub guests: [Option<Uuid>; 2],
    pub deputy: Option<Uuid>,
    pub credit_scheme: Uuid,
    pub draft_credit_scheme: Uuid,
    pub meeting_series: Uuid,
    /// The teacher's own.
    pub calendar_feed: Uuid,
    pub office: Uuid,
    pub partner: Uuid,
    pub account: Uuid,
    pub role_grant: Uuid,
    pub erasure: Uuid,
    /// Another member.
    pub colleague: Uuid,
    pub instrument: Uuid,
    /// Of the teacher's lesson, watched by the colleague, shared by nobody.
    pub observation: Uuid,
    pub article: Uuid,
    pub own: [Uuid; 4],
    pub reading: Uuid,
    /// The colleague looks after it.
    pub improvement: Uuid,
    pub note: Uuid,
    pub comment: Uuid,
    pub proposal: Uuid,
    pub recognition: Recognition,
    pub appeal: Uuid,
    pub report: Uuid,
    pub client: [Uuid; 2],
    pub registered: Registered,
    pub correction: Uuid,
    /// Of the teacher.
    pub consent: Uuid,
}

/// Own, next door, far away.
pub struct Land {
    pub sides: Vec<Side>,
    /// The principal of the first side's school.
    pub head: Uuid,
}

impl Side {
    fn new(region: &'static str) -> Self {
        let id = Uuid::now_v7;
        Self {
            region,
            organisation: id(),
            school: id(),
            person: id(),
            trainer: id(),
            speaker: id(),
            competence: id(),
            program: id(),
            draft_program: id(),
            batch: id(),
            draft_batch: id(),
            session: id(),
            enrolment: id(),
            learning: id(),
            certificate: id(),
            import: id(),
            community: id(),
            membership: id(),
            activity: id(),
            artefact: id(),
            draft_artefact: id(),
            activity_cost: id(),
            guests: [None; 2],
            deputy: None,
            credit_scheme: id(),
            draft_credit_scheme: id(),
            meeting_series: id(),
            calendar_feed: id(),
            office: id(),
            partner: id(),
            account: id(),
            role_grant: id(),
            erasure: id(),
            colleague: id(),
            instrument: id(),
            observation: id(),
            article: id(),
            own: [id(), id(), id(), id()],
            reading: id(),
            improvement: id(),
            note: id(),
            comment: id(),
            proposal: id(),
            recognition: Recognition::default(),
            appeal: id(),
            report: id(),
            client: [id(), id()],
            registered: Registered::default(),
            correction: id(),
            consent: id(),
        }
    }

    pub fn id(&self, thing: Thing) -> Uuid {
        match thing {
            Thing::Organisation => self.organisation,
            Thing::School | Thing::AuditEntry => self.school,
            Thing::Person | Thing::DataSubject => self.person,
            Thing::Trainer => self.trainer,
            Thing::Speaker => self.speaker,
            Thing::Competence => self.competence,
            Thing::Program => self.program,
            Thing::DraftProgram => self.draft_program,
            Thing::Batch => self.batch,
            Thing::DraftBatch => self.draft_batch,
            Thing::Session => self.session,
            Thing::Enrolment => self.enrolment,
            Thing::Learning => self.learning,
            Thing::Certificate => self.certificate,
            Thing::Import | Thing::Nothing => self.import,
            Thing::Community => self.community,
            Thing::Membership => self.membership,
            Thing::Activity => self.activity,
            Thing::Artefact => self.artefact,
            Thing::DraftArtefact => self.draft_artefact,
            Thing::Presence => self.person,
            Thing::ActivityCost => self.activity_cost,
            Thing::CreditScheme => self.credit_scheme,
            Thing::DraftCreditScheme => self.draft_credit_scheme,
            Thing::MeetingSeries => self.meeting_series,
            Thing::CalendarFeed => self.calendar_feed,
            Thing::Office => self.office,
            Thing::Partner => self.partner,
            Thing::RoleGrant => self.role_grant,
            Thing::Erasure => self.erasure,
            Thing::ObservationInstrument => self.instrument,
            Thing::Observation => self.observation,
            Thing::LearningPlan => self.own[0],
            Thing::LearningGoal => self.own[1],
            Thing::SelfAssessment => self.own[2],
            Thing::LearningReflection => self.own[3],
            Thing::Article => self.article,
            Thing::BookReading => self.reading,
            Thing::Improvement => self.improvement,
            Thing::ChapterNote => self.note,
            Thing::Comment => self.comment,
            Thing::Proposal => self.proposal,
            Thing::RecognitionScheme
            | Thing::ProgressNote
            | Thing::AwardRound
            | Thing::DraftAwardRound
            | Thing::AwardEntry
            | Thing::AwardObjection => self.recognition.id(thing),
            Thing::Appeal => self.appeal,
            Thing::Report => self.report,
            Thing::Account => self.account,
            Thing::Correction => self.correction,
            Thing::OAuthClient => self.client[0],
            Thing::OAuthClientSecret => self.client[1],
            Thing::PinnedApp | Thing::ClientDocument | Thing::Breach => self.registered.id(thing),
            Thing::SharingConsent => self.consent,
        }
    }

    /// Where one of its things belongs.
    pub fn place(&self, thing: Thing) -> Place {
        let place = self.belonging(thing);
        if place.member.is_none() {
            return place;
        }
        Place { guests: self.guests, deputy: self.deputy, ..place }
    }

    fn belonging(&self, thing: Thing) -> Place {
        let nowhere = Place::default();
        let region = Some(self.region);
        let organisation = Some(self.organisation);
        let school = Some(self.school);
        let (person, taught_by) = (Some(self.person), Some(self.trainer));
        match thing {
            Thing::Organisation
            | Thing::Program
            | Thing::DraftProgram
            | Thing::CreditScheme
            | Thing::DraftCreditScheme => Place { organisation, ..nowhere },
            Thing::School => Place { region, school, ..nowhere },
            Thing::Account | Thing::Correction => Place { region, person, ..nowhere },
            Thing::Trainer | Thing::Learning => {
                Place { region, organisation, school, person: taught_by, ..nowhere }
            }
            Thing::Speaker | Thing::Competence => {
                Place { region, organisation, person: taught_by, ..nowhere }
            }
            Thing::Batch | Thing::DraftBatch => Place { region, organisation, ..nowhere },
            Thing::Session => Place { region, organisation, taught_by, ..nowhere },
            Thing::Person | Thing::Enrolment | Thing::Certificate => {
                Place { region, organisation, school, person, taught_by, ..nowhere }
            }
            Thing::Community
            | Thing::Activity
            | Thing::Presence
            | Thing::ActivityCost
            | Thing::MeetingSeries
            | Thing::Partner
            | Thing::Article
            | Thing::BookReading
            | Thing::ChapterNote
            | Thing::ObservationInstrument
            | Thing::ProgressNote
            | Thing::AwardEntry
            | Thing::AwardObjection
            | Thing::Appeal
            | Thing::Report
            | Thing::Artefact
            | Thing::DraftArtefact => Place { region, school, member: person, officer: person, ..nowhere },
            Thing::Membership | Thing::Office | Thing::Comment | Thing::Proposal => {
                Place { region, school, person, member: person, officer: person, ..nowhere }
            }
            Thing::Improvement => Place {
                region,
                school,
                person: Some(self.colleague),
                member: person,
                officer: person,
                ..nowhere
            },
            // Of the two alone: no region, no school, no office leads to it.
            Thing::CalendarFeed
            | Thing::DataSubject
            | Thing::SharingConsent
            | Thing::Observation
            | Thing::LearningPlan
            | Thing::LearningGoal
            | Thing::SelfAssessment
            | Thing::LearningReflection => Place { person, ..nowhere },
            Thing::RoleGrant => Place { region, organisation, person, ..nowhere },
            Thing::Erasure => Place { region, person, ..nowhere },
            Thing::AwardRound | Thing::DraftAwardRound | Thing::AuditEntry => Place { region, ..nowhere },
            _ => nowhere,
        }
    }
}

impl Land {
    pub async fn new(app: &TestApp) -> Self {
        for code in ["32", "32.73", "35", "35.78"] {
            put(app, region_row(code)).await;
        }
        let mut sides = ["32.73", "32.73", "35.78"].map(Side::new);
        let (head, teacher) = (Uuid::now_v7(), sides[0].person);
        (sides[0].guests, sides[0].deputy) = ([Some(head), None], Some(head));
        sides[1].guests = [Some(head), Some(teacher)];
        for (at, side) in sides.iter().enumerate() {
            fill(app, side, at).await;
            side.recognition.fill(app, side, at).await;
            side.registered.fill(app).await;
            put_trail(app, side).await;
            put(app, consent_row(side.consent, side.person)).await;
        }
        let row = person_row(head, "Kepala", Some(sides[0].school), sides[0].region);
        put(app, person::Model { kind: "principal".to_owned(), ..row }).await;
        for side in &sides {
            for guest in side.guests.iter().flatten() {
                put(app, membership_row(Uuid::now_v7(), side.community, *guest)).await;
            }
            if let Some(deputy) = side.deputy {
                put(app, office_row(Uuid::now_v7(), side.community, deputy, "secretary")).await;
            }
        }
        Self { sides: sides.into(), head }
    }

    /// What a caller of this role on the first side holds.
    pub fn grant(&self, role: Role) -> Grant {
        let own = &self.sides[0];
        match role {
            Role::Ministry => Grant::ministry(),
            Role::MinistrySystem => Grant::ministry_system(),
            Role::RegionalOfficer => Grant::regional_officer(own.region),
            Role::ProviderStaff => Grant::provider_staff(own.organisation),
            Role::Principal => Grant::principal(own.school, Some(self.head)),
            Role::ResourcePerson => Grant::resource_person(own.trainer),
            Role::Teacher => Grant::teacher(own.person),
            Role::Moderator => Grant::moderator(own.region),
        }
    }
}

async fn fill(app: &TestApp, side: &Side, at: usize) {
    let region = Some(side.region.to_owned());
    let organisation = organisation_row(side.organisation, &format!("LEMBAGA-{at}"));
    put(app, organisation::Model { region_code: region, ..organisation }).await;
    let school = school_row(side.school, &format!("2021918{at}"));
    put(app, school::Model { region_code: side.region.to_owned(), ..school }).await;
    for (id, name) in [(side.person, "Guru"), (side.trainer, "Pelatih")] {
        put(app, person_row(id, name, Some(side.school), side.region)).await;
    }
    put(app, program_row(side.program, side.organisation)).await;
    let draft = program_row(side.draft_program, side.organisation);
    put(app, program::Model { code: "DRAF".to_owned(), status: "draft".to_owned(), ..draft }).await;
    for (id, status) in [(side.batch, "open"), (side.draft_batch, "draft")] {
        let row = batch_row(id, side.program, side.organisation);
        let opened_at = (status != "draft").then(start);
        let (status, region_code) = (status.to_owned(), side.region.to_owned());
        put(app, batch::Model { status, region_code, opened_at, ..row }).await;
    }
    put(app, erasure_row(side.erasure, side.person)).await;
    put_staff(app, [side.account, side.role_grant], side.person, side.organisation).await;
    fill_session(app, side).await;
    fill_community(app, side).await;
    let scheme = |id| credit_scheme_row(id, side.program, side.organisation);
    put(app, scheme(side.credit_scheme)).await;
    let (code, status) = ("DRAF".to_owned(), "draft".to_owned());
    put(app, credit_scheme::Model { code, status, ..scheme(side.draft_credit_scheme) }).await;
    let row = certificate_row(side.certificate, side.person, side.program, side.organisation);
    let region_code = Some(side.region.to_owned());
    put(app, certificate::Model { school_id: Some(side.school), region_code, ..row }).await;
    put(
        app,
        certificate_payload::Model {
            certificate_id: side.certificate,
            payload: "{}".to_owned(),
            hash: "0".repeat(64),
            jws: "a.b.c".to_owned(),
            kid: "kid".to_owned(),
        },
    )
    .await;
    put(app, import_row(side.import)).await;
    put_client(app, side.client).await;
    put_correction(app, side).await;
}

/// A community of the school, the teacher its chair, with a meeting to come.
async fn fill_community(app: &TestApp, side: &Side) {
    let row = community_row(side.community, side.region);
    put(app, community::Model { anchor: "school".to_owned(), school_id: Some(side.school), ..row }).await;
    put(app, membership_row(side.membership, side.community, side.person)).await;
    put(app, office_row(side.office, side.community, side.person, "chair")).await;
    put(app, partner_row(side.partner, side.community, side.organisation)).await;
    let row = activity_row(side.activity, side.community, start() + TimeDelta::days(5));
    put(app, activity::Model { region_code: side.region.to_owned(), attended: 1, ..row }).await;
    for (id, published) in [(side.artefact, true), (side.draft_artefact, false)] {
        let row = artefact_row(id, side.community, side.region);
        let out = artefact::Model {
            status: "published".to_owned(),
            audience: Some("everyone".to_owned()),
            published: Some(1),
            ..row.clone()
        };
        put(app, if published { out } else { row }).await;
        put(app, artefact_version_row(id, side.trainer)).await;
    }
    put(app, presence_row(side.activity, side.person, 90, start())).await;
    put(app, cost_row(side.activity_cost, side.activity)).await;
    put(app, series_row(side.meeting_series, side.community)).await;
    put(app, feed_row(side.calendar_feed, side.person)).await;
    fill_peers(app, side).await;
}

async fn fill_session(app: &TestApp, side: &Side) {
    put(
        app,
        resource_person::Model {
            id: side.speaker,
            person_id: side.trainer,
            organisation_id: Some(side.organisation),
            biography: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        },
    )
    .await;
    put(
        app,
        competence::Model {
            id: side.competence,
            resource_person_id: side.speaker,
            program_id: side.program,
            evidence: "Sertifikat pelatih".to_owned(),
            evidence_url: None,
            status: "claimed".to_owned(),
            reason: None,
            decided_by: None,
            decided_at: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        },
    )
    .await;
    let row = session_row(side.session, side.batch, start() + TimeDelta::days(1));
    let minutes = row.minutes;
    put(app, row).await;
    let teaches = session_teacher::Model {
        session_id: side.session,
        resource_person_id: side.speaker,
        person_id: side.trainer,
        term: "2026-1".to_owned(),
        minutes,
        override_by: None,
        override_reason: None,
        created_at: start(),
    };
    put(app, teaches).await;
    for row in [
        enrolment_row(side.enrolment, side.batch, side.person, "applied", start()),
        enrolment_row(side.learning, side.draft_batch, side.trainer, "waitlisted", start()),
    ] {
        let region_code = Some(side.region.to_owned());
        put(app, enrolment::Model { school_id: Some(side.school), region_code, ..row }).await;
    }
    let was_there = attendance::Model {
        session_id: side.session,
        enrolment_id: side.enrolment,
        minutes,
        recorded_by: "test".to_owned(),
        recorded_at: start(),
    };
    put(app, was_there).await;
}

//! A program's form, hours and pass rule, and its states:
//! draft → published → archived; published → draft only while it has no batch.

use crate::foundation::error::{Error, Fault, Result};
use crate::foundation::text;
use crate::{bounded_number, domain_enum};

domain_enum! {
    /// The form of professional development (PD) a program has.
    pub enum PdForm {
        /// A teacher learns alone, at their own pace.
        Individual = "individual",
        /// Continuing education towards a qualification.
        ContinuingEducation = "continuing_education",
        /// Training of serving teachers (diklat, in-service).
        InService = "in_service",
        /// Teachers write curriculum together.
        CurriculumWriting = "curriculum_writing",
        /// Peers work on each other's teaching.
        PeerCollaboration = "peer_collaboration",
        /// A group studies a subject over time.
        StudyGroup = "study_group",
        /// A coach or mentor accompanies a teacher.
        CoachingMentoring = "coaching_mentoring",
    }
}

domain_enum! {
    /// Where a program stands.
    pub enum ProgramStatus {
        /// Being written: may be changed, is not shown, cannot be run.
        Draft = "draft",
        /// Offered: batches may be opened; the curriculum is fixed.
        Published = "published",
        /// No longer offered: running batches finish, no new one opens.
        Archived = "archived",
    }
}

bounded_number! {
    /// Credit hours (jam pelajaran, JP) of a whole program: 1 to 1,000.
    pub struct Jp(i32) in 1..=1000, "jp_out_of_range"
}

bounded_number! {
    /// Minutes of one JP: 30 to 60, 45 unless the program's scheme says otherwise.
    pub struct MinutesPerJp(i32) in 30..=60, "minutes_per_jp_out_of_range"
}

bounded_number! {
    /// Least attendance to complete, percent of the planned minutes: 0 to 100.
    pub struct AttendancePercent(i32) in 0..=100, "attendance_percent_out_of_range"
}

bounded_number! {
    /// A score, 0 to 100.
    pub struct Score(i32) in 0..=100, "score_out_of_range"
}

impl Default for MinutesPerJp {
    fn default() -> Self {
        Self(45)
    }
}

/// What it takes to complete a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PassRule {
    /// Least attendance, percent of the planned minutes.
    pub attendance_percent: AttendancePercent,
    /// Least score; none when nothing is scored.
    pub minimum_score: Option<Score>,
}

impl PassRule {
    /// A pass rule from plain numbers.
    ///
    /// # Errors
    /// `attendance_percent_out_of_range` under `/attendancePercent`,
    /// `score_out_of_range` under `/minimumScore`: every fault, not only the first.
    pub fn parse(
        attendance_percent: i32,
        minimum_score: Option<i32>,
    ) -> std::result::Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut note = |pointer: &str, mut fault: Fault| {
            fault.pointer = pointer.to_owned();
            faults.push(fault);
        };
        let attendance =
            AttendancePercent::parse(attendance_percent).map_err(|f| note("/attendancePercent", f));
        let score = minimum_score.map(Score::parse).transpose().map_err(|f| note("/minimumScore", f));
        match (attendance, score) {
            (Ok(attendance_percent), Ok(minimum_score)) => Ok(Self { attendance_percent, minimum_score }),
            _ => Err(faults),
        }
    }
}

/// A program's title as certificates print it: 3 to 200 characters in one line, at least one letter.
///
/// # Errors
/// As [`text::line`]; `title_too_short`; `title_without_letters`.
pub fn title(raw: &str) -> std::result::Result<String, Fault> {
    let title = text::line(raw, 200)?;
    if title.chars().count() < 3 {
        return Err(Fault::new("", "title_too_short").with("min", 3));
    }
    if !title.chars().any(char::is_alphabetic) {
        return Err(Fault::new("", "title_without_letters"));
    }
    Ok(title)
}

/// A program's short code as certificate numbers show it: 2 to 20 capital letters, digits and dashes.
///
/// # Errors
/// `program_code_malformed`.
pub fn code(raw: &str) -> std::result::Result<String, Fault> {
    let code = raw.trim().to_ascii_uppercase();
    let sound = (2..=20).contains(&code.len())
        && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !code.starts_with('-')
        && !code.ends_with('-');
    if sound { Ok(code) } else { Err(Fault::new("", "program_code_malformed")) }
}

/// What participants learn, at most 5,000 characters: paragraphs of one line each, in their
/// normal form, without empty ones; may be empty.
///
/// # Errors
/// As [`text::line`], but for `text_missing`.
pub fn description(raw: &str) -> std::result::Result<String, Fault> {
    text::paragraphs(raw, 5_000)
}

/// Codes of the competency model a program serves (`K1`): at most 20, each once, of 1 to 20
/// capital letters, digits, dots and dashes.
///
/// # Errors
/// Every fault: `competencies_too_many`; `competency_malformed` and `competency_listed_twice` under `/{i}`.
pub fn competencies(raw: &[String]) -> std::result::Result<Vec<String>, Vec<Fault>> {
    let (mut codes, mut faults) = (Vec::new(), Vec::new());
    if raw.len() > 20 {
        return Err(vec![Fault::new("", "competencies_too_many").with("max", 20)]);
    }
    for (i, code) in raw.iter().enumerate() {
        let code = code.trim().to_ascii_uppercase();
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'.' || b == b'-';
        if !(1..=20).contains(&code.len()) || !code.bytes().all(plain) {
            faults.push(Fault::new(format!("/{i}"), "competency_malformed"));
        } else if codes.contains(&code) {
            faults.push(Fault::new(format!("/{i}"), "competency_listed_twice"));
        } else {
            codes.push(code);
        }
    }
    if faults.is_empty() { Ok(codes) } else { Err(faults) }
}

impl ProgramStatus {
    /// draft → published.
    ///
    /// # Errors
    /// `program_not_draft`.
    pub fn publish(self) -> Result<Self> {
        self.require_draft().map(|()| Self::Published)
    }

    /// published → archived: no new batch opens, running ones finish.
    ///
    /// # Errors
    /// `program_not_published`.
    pub fn archive(self) -> Result<Self> {
        self.require_published().map(|()| Self::Archived)
    }

    /// published → draft, only while the program has no batch (`batches` counts those in every state) and
    /// communities earn no credit for it (`schemes` counts published rules, retired ones too).
    ///
    /// # Errors
    /// `program_not_published`; `program_has_batches`; `program_has_credit_schemes`.
    pub fn return_to_draft(self, batches: u64, schemes: u64) -> Result<Self> {
        self.require_published()?;
        if batches > 0 {
            return Err(Error::conflict_with(Fault::new("", "program_has_batches").with("batches", batches)));
        }
        if schemes > 0 {
            let fault = Fault::new("", "program_has_credit_schemes").with("schemes", schemes);
            return Err(Error::conflict_with(fault));
        }
        Ok(Self::Draft)
    }

    /// Whether the curriculum may be changed: people enrol for what was published, so only in draft.
    ///
    /// # Errors
    /// `program_not_draft`.
    pub fn require_draft(self) -> Result<()> {
        self.require(Self::Draft, "program_not_draft")
    }

    /// Whether a batch of it may be planned or opened.
    ///
    /// # Errors
    /// `program_not_published`.
    pub fn require_published(self) -> Result<()> {
        self.require(Self::Published, "program_not_published")
    }

    fn require(self, expected: Self, code: &'static str) -> Result<()> {
        if self == expected {
            return Ok(());
        }
        Err(Error::conflict_with(Fault::new("", code).with("status", self)))
    }
}

#[cfg(test)]
mod tests {
    use super::ProgramStatus::*;
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;
    use proptest::prelude::*;

    #[test]
    fn the_lists_are_told_alike_everywhere() {
        assert_enum_travels(PdForm::ALL, PdForm::as_str);
        assert_enum_travels(ProgramStatus::ALL, ProgramStatus::as_str);
    }

    #[test]
    fn exactly_the_listed_steps_are_allowed() {
        let told = |result: Result<ProgramStatus>| result.map_err(|e| e.code());
        for from in ProgramStatus::ALL.iter().copied() {
            let published = if from == Draft { Ok(Published) } else { Err("program_not_draft") };
            assert_eq!(told(from.publish()), published);
            let archived = if from == Published { Ok(Archived) } else { Err("program_not_published") };
            assert_eq!(told(from.archive()), archived);
            let draft = if from == Published { Ok(Draft) } else { Err("program_not_published") };
            assert_eq!(told(from.return_to_draft(0, 0)), draft);
        }
        assert_eq!(told(Published.return_to_draft(1, 1)), Err("program_has_batches"));
        assert_eq!(told(Published.return_to_draft(0, 1)), Err("program_has_credit_schemes"));
    }

    #[test]
    fn a_pass_rule_tells_every_fault_at_once() {
        let faults = PassRule::parse(101, Some(-1)).unwrap_err();
        let told: Vec<_> = faults.iter().map(|f| (f.pointer.as_str(), f.code)).collect();
        assert_eq!(
            told,
            [
                ("/attendancePercent", "attendance_percent_out_of_range"),
                ("/minimumScore", "score_out_of_range")
            ]
        );
        assert!(PassRule::parse(80, None).is_ok());
    }

    #[test]
    fn a_jp_has_forty_five_minutes_unless_said() {
        assert_eq!(MinutesPerJp::default().get(), 45);
        assert_eq!(MinutesPerJp::parse(29).unwrap_err().code, "minutes_per_jp_out_of_range");
        assert_eq!(Jp::parse(0).unwrap_err().code, "jp_out_of_range");
        assert_eq!(Jp::parse(1000).unwrap(), Jp::MAX);
    }

    #[test]
    fn a_title_says_something() {
        let refused = |raw: &str| title(raw).unwrap_err().code;
        assert_eq!(title(" Guru  Belajar: Seri Inklusif ").unwrap(), "Guru Belajar: Seri Inklusif");
        assert_eq!(refused("AB"), "title_too_short");
        assert_eq!(refused("2026/2"), "title_without_letters");
        assert_eq!(refused(&"a".repeat(201)), "text_too_long");
    }

    #[test]
    fn a_description_keeps_its_paragraphs_and_nothing_else() {
        assert_eq!(description("  Satu  dua.\r\n\n\n Tiga. ").unwrap(), "Satu dua.\nTiga.");
        assert_eq!(description(" \n ").unwrap(), "");
        assert_eq!(description("a\u{202E}b").unwrap_err().code, "text_has_direction_controls");
        assert_eq!(description(&"ab\n".repeat(2_000)).unwrap_err().code, "text_too_long");
    }

    #[test]
    fn competencies_are_told_once_each() {
        let list = |codes: &[&str]| codes.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>();
        assert_eq!(competencies(&list(&[" k1", "K1.2"])).unwrap(), ["K1", "K1.2"]);
        let faults = competencies(&list(&["K1", "", "k1", "K 2"])).unwrap_err();
        let told: Vec<_> = faults.iter().map(|f| (f.pointer.as_str(), f.code)).collect();
        assert_eq!(
            told,
            [
                ("/1", "competency_malformed"),
                ("/2", "competency_listed_twice"),
                ("/3", "competency_malformed")
            ]
        );
        assert_eq!(competencies(&vec!["K1".to_owned(); 21]).unwrap_err()[0].code, "competencies_too_many");
    }

    #[test]
    fn a_code_fits_a_certificate_number() {
        assert_eq!(code(" gb-inklusif ").unwrap(), "GB-INKLUSIF");
        for wrong in ["", "X", "A/B", "-AB", "AB-", "A B"] {
            assert_eq!(code(wrong).unwrap_err().code, "program_code_malformed", "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn an_archived_program_stays_archived_and_batches_keep_it_from_draft(
            steps in proptest::collection::vec((0u8..3, 0u64..3), 0..20),
        ) {
            let mut status = Draft;
            for (step, batches) in steps {
                let before = status;
                let next = match step {
                    0 => status.publish(),
                    1 => status.archive(),
                    _ => status.return_to_draft(batches, 0),
                };
                if let Ok(next) = next { status = next }
                prop_assert!(before != Archived || status == Archived);
                prop_assert!(!(before == Published && status == Draft) || batches == 0);
            }
        }
    }
}

//! What the demo teaches and runs: real program titles, invented batches.

use SelectionRule::{FirstCome, LeastTrainedFirst};
use Stage::{Cancelled, Certified, Closed, Draft, Open, Running};

use crate::training::{batch::rule::SelectionRule, program::rule::PdForm};

/// Code, provider, title (as the sources have it), form, JP, least score.
pub(super) type Curriculum = (&'static str, &'static str, &'static str, PdForm, i32, Option<i32>);

/// What is taught.
pub(super) const PROGRAMS: [Curriculum; 9] = [
    (
        "GB-INKLUSIF",
        "BBGTK-JABAR",
        "Program Guru Belajar dan Berbagi - Seri Pendidikan Inklusif",
        PdForm::InService,
        16,
        Some(60),
    ),
    (
        "GB-AKM",
        "BBGTK-JABAR",
        "Program Guru Belajar dan Berbagi - Seri Asesmen Kompetensi Minimum",
        PdForm::InService,
        16,
        None,
    ),
    (
        "GB-PANDUAN",
        "DITJEN-GTK",
        "Program Guru Belajar dan Berbagi - Seri Panduan Pembelajaran Tahun Ajaran 2021-2022",
        PdForm::InService,
        32,
        None,
    ),
    (
        "GB-HIDUP",
        "BGTK-NTB",
        "Program Guru Belajar dan Berbagi - Seri Pendidikan Keterampilan Hidup",
        PdForm::InService,
        16,
        None,
    ),
    (
        "KIAT-BEDA",
        "LPTK-MELATI",
        "Diklat Kiat Sukses Penerapan Pembelajaran Berdiferensiasi",
        PdForm::ContinuingEducation,
        32,
        Some(70),
    ),
    (
        "KELAS-EFEKTIF",
        "DISDIK-BDG",
        "Webinar Strategi Pengelolaan Kelas yang Efektif dalam Pembelajaran Menuju Merdeka Belajar",
        PdForm::InService,
        8,
        None,
    ),
    (
        "ICEBREAKING",
        "KOMITE-ORTU",
        "Belajar Seru Mengatasi Kebosanan di Kelas dengan Icebreaking Berbasis Teknologi",
        PdForm::InService,
        8,
        None,
    ),
    ("COACHING", "LPTK-MELATI", "Pembekalan Calon Pendamping: Coaching", PdForm::CoachingMentoring, 16, None),
    ("BELAJAR-ID", "DISDIK-BDG", "Pemanfaatan Akun Belajar.id", PdForm::Individual, 8, None),
];

/// What somebody still writes at.
pub(super) const DRAFT: Curriculum =
    ("NUMERASI-AWAL", "BBGTK-JABAR", "Numerasi Awal di Kelas Rendah", PdForm::InService, 32, None);

/// What is no longer offered.
pub(super) const RETIRED: Curriculum =
    ("K13-PENILAIAN", "DITJEN-GTK", "Penilaian Autentik Kurikulum 2013", PdForm::InService, 32, None);

/// What each participant pays for lodging, meals and papers, whole rupiah; the other programs cost them nothing.
const FEES: [(&str, i64); 3] = [("GB-INKLUSIF", 400_000), ("KIAT-BEDA", 640_000), ("COACHING", 320_000)];

/// What a program costs its participants, whole rupiah.
pub(super) fn fee(program: &str) -> i64 {
    FEES.iter().find(|(code, _)| *code == program).map_or(0, |(_, rupiah)| *rupiah)
}

/// One running: program, name, place's region, first Saturday in weeks from now, seats,
/// applicants, selection, and how far it has come.
pub(super) struct Plan {
    pub(super) program: &'static str,
    pub(super) name: &'static str,
    pub(super) region: &'static str,
    pub(super) week: i64,
    pub(super) capacity: i32,
    pub(super) applicants: usize,
    pub(super) selection: SelectionRule,
    pub(super) until: Stage,
}

/// How far a batch has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    Draft,
    Open,
    Cancelled,
    Closed,
    Running,
    Certified,
}

pub(super) const fn plan(
    program: &'static str,
    name: &'static str,
    region: &'static str,
    week: i64,
    seats: (i32, usize),
    selection: SelectionRule,
    until: Stage,
) -> Plan {
    Plan { program, name, region, week, capacity: seats.0, applicants: seats.1, selection, until }
}

/// What is run, in the order in which it happened.
pub(super) const PLANS: [Plan; 17] = [
    plan("GB-INKLUSIF", "Angkatan 1", "32.73", -132, (44, 44), FirstCome, Certified),
    plan("GB-AKM", "Angkatan 1", "32.04", -118, (44, 43), FirstCome, Certified),
    plan("GB-PANDUAN", "Angkatan 7", "35.78", -101, (48, 48), FirstCome, Certified),
    plan("GB-HIDUP", "Angkatan 2", "52.71", -84, (16, 16), FirstCome, Certified),
    plan("KIAT-BEDA", "Angkatan 4", "34.71", -66, (40, 39), FirstCome, Certified),
    plan("GB-INKLUSIF", "Angkatan 2", "32.73", -49, (46, 46), FirstCome, Certified),
    plan("KELAS-EFEKTIF", "Angkatan 1", "32.73", -37, (50, 48), FirstCome, Certified),
    plan("COACHING", "Angkatan 1", "34.04", -24, (36, 36), FirstCome, Certified),
    plan("GB-AKM", "Angkatan 2", "12.71", -12, (44, 44), FirstCome, Certified),
    plan("ICEBREAKING", "Angkatan 1", "51.71", -6, (25, 22), FirstCome, Cancelled),
    plan("KIAT-BEDA", "Angkatan 5", "34.71", -1, (30, 28), FirstCome, Running),
    plan("BELAJAR-ID", "Angkatan 3", "32.73", 1, (25, 25), FirstCome, Closed),
    plan("GB-INKLUSIF", "Angkatan 3", "32.73", 5, (20, 24), FirstCome, Open),
    plan("GB-HIDUP", "Angkatan 3", "52.01", 6, (8, 14), LeastTrainedFirst, Open),
    plan("COACHING", "Angkatan 2", "34.04", 7, (30, 11), FirstCome, Open),
    plan("GB-AKM", "Angkatan 3", "91.71", 8, (25, 0), LeastTrainedFirst, Open),
    plan("KELAS-EFEKTIF", "Angkatan 2", "32.73", 12, (40, 0), FirstCome, Draft),
];

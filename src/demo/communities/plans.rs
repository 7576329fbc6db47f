//! Which communities there are.

use super::Gift;
use crate::{
    community::{
        group::rule::{CommunityAnchor, CommunityKind, Openness},
        partner::rule::Contribution,
    },
    directory::school::teaching::TeachingDay,
};
use CommunityAnchor::{Cluster, Region, School};
use CommunityKind::{BookClub, Kkg, Kkks, Mgbk, Mgmp, Mkks, Plc};
use Openness::{Invitation, Open, Request};

/// How far a community has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Gathers members.
    Forming,
    /// At work.
    Active,
    /// At work by name, but nothing was held for too long.
    Quiet,
    /// Ended.
    Closed,
}

/// One community.
pub struct Plan {
    pub kind: CommunityKind,
    pub name: &'static str,
    pub anchor: CommunityAnchor,
    /// Its region, or that in which its school or schools are looked for.
    pub region: &'static str,
    /// Of whose schools, empty = of all.
    pub levels: &'static [&'static str],
    pub subject: Option<&'static str>,
    pub openness: Openness,
    /// How many days before the demo's today it was founded.
    pub days: i64,
    pub cadence: i32,
    pub learning_day: Option<TeachingDay>,
    pub stage: Stage,
    pub goals: &'static str,
    pub partners: &'static [Gift],
}

const PRIMARY: &[&str] = &["sd"];
const SECONDARY: &[&str] = &["smp", "sma", "smk"];
const ALL: &[&str] = &[];

/// An open group at work for three months, whose members meet every month.
const USUAL: Plan = Plan {
    kind: Kkg,
    name: "",
    anchor: Region,
    region: "32",
    levels: PRIMARY,
    subject: None,
    openness: Open,
    days: 84,
    cadence: 30,
    learning_day: None,
    stage: Stage::Active,
    goals: "Setiap guru kelas mampu menyusun asesmen diagnostik dan memakai hasilnya.",
    partners: &[],
};

/// All of them; the last one has gone quiet.
pub const PLANS: [Plan; 20] = [
    Plan {
        name: "KKG Gugus Cengkeh",
        anchor: Cluster,
        region: "32",
        openness: Request,
        cadence: 14,
        days: 75,
        learning_day: Some(TeachingDay::Thursday),
        partners: &[
            ("LPTK-MELATI", Contribution::Expertise, "Dosen pendamping sekali sebulan", None),
            ("KOMITE-ORTU", Contribution::Place, "Aula dan konsumsi pertemuan", Some(1_500_000)),
        ],
        ..USUAL
    },
    Plan { name: "KKG Gugus Pala", anchor: Cluster, region: "35", days: 80, ..USUAL },
    Plan { name: "KKG Gugus Melati", anchor: Cluster, region: "33", openness: Request, ..USUAL },
    Plan { name: "KKG Sumatera Utara Belajar", region: "12", ..USUAL },
    Plan { name: "KKG Guru Kelas NTB", region: "52", openness: Invitation, days: 60, ..USUAL },
    Plan {
        kind: Mgmp,
        name: "MGMP Matematika Jawa Barat",
        days: 760,
        levels: SECONDARY,
        subject: Some("Matematika"),
        openness: Request,
        goals: "Soal penalaran yang disusun bersama dan diuji di kelas masing-masing.",
        partners: &[("BBGTK-JABAR", Contribution::Materials, "Bank soal numerasi", None)],
        ..USUAL
    },
    Plan {
        kind: Mgmp,
        name: "MGMP IPA Jawa Timur",
        region: "35",
        levels: SECONDARY,
        subject: Some("IPA"),
        goals: "Praktikum murah yang dapat dibuat di setiap sekolah.",
        ..USUAL
    },
    Plan {
        kind: Mgmp,
        name: "MGMP Bahasa Indonesia Jawa Barat",
        levels: SECONDARY,
        subject: Some("Bahasa Indonesia"),
        days: 20,
        stage: Stage::Forming,
        goals: "Membaca bersama, menulis bersama.",
        ..USUAL
    },
    Plan {
        kind: Mgbk,
        name: "MGBK Jawa Timur",
        region: "35",
        levels: SECONDARY,
        openness: Request,
        goals: "Layanan konseling yang menjangkau setiap murid.",
        ..USUAL
    },
    Plan {
        kind: Kkks,
        name: "KKKS Jawa Barat",
        days: 760,
        openness: Invitation,
        goals: "Kepala sekolah saling mengamati rapat guru.",
        partners: &[("DITJEN-GTK", Contribution::Time, "Pengawas hadir sebagai pendengar", None)],
        ..USUAL
    },
    Plan {
        kind: Mkks,
        name: "MKKS Jawa Timur",
        region: "35",
        levels: SECONDARY,
        goals: "Satu keputusan bersama setiap pertemuan.",
        ..USUAL
    },
    Plan {
        kind: Plc,
        name: "Komunitas Belajar Sekolah Kami, Bandung",
        anchor: School,
        region: "32.73",
        levels: ALL,
        openness: Open,
        cadence: 14,
        days: 38,
        learning_day: Some(TeachingDay::Wednesday),
        goals: "Setiap guru dua kali setahun membuka kelasnya untuk rekan.",
        partners: &[("DISDIK-BDG", Contribution::Money, "Bantuan kegiatan", Some(3_000_000))],
        ..USUAL
    },
    Plan { kind: Plc, name: "Komunitas Belajar Cempaka", anchor: School, region: "35", levels: ALL, ..USUAL },
    Plan { kind: Plc, name: "Komunitas Belajar Kenanga", anchor: School, region: "33", levels: ALL, ..USUAL },
    Plan {
        kind: Plc,
        name: "Komunitas Belajar Anggrek",
        anchor: School,
        region: "12",
        levels: ALL,
        days: 10,
        stage: Stage::Forming,
        ..USUAL
    },
    Plan {
        kind: BookClub,
        name: "Klub Buku Guru Jawa Tengah",
        region: "33",
        levels: ALL,
        goals: "Satu buku setiap dua bulan, satu bab setiap pertemuan.",
        ..USUAL
    },
    Plan {
        kind: BookClub,
        name: "Klub Buku Bandung",
        region: "32.73",
        levels: ALL,
        cadence: 14,
        days: 35,
        goals: "Membaca tentang belajar, lalu mencobanya.",
        ..USUAL
    },
    Plan {
        name: "KKG Guru Kelas Jawa Timur",
        region: "35",
        openness: Request,
        days: 15,
        stage: Stage::Forming,
        ..USUAL
    },
    Plan {
        name: "KKG Guru Kelas Jawa Tengah (lama)",
        region: "33",
        days: 400,
        stage: Stage::Closed,
        ..USUAL
    },
    Plan {
        kind: Mgmp,
        name: "MGMP Informatika Jawa Barat",
        levels: SECONDARY,
        subject: Some("Informatika"),
        cadence: 14,
        days: 200,
        stage: Stage::Quiet,
        goals: "Murid mengajari guru satu hal baru setiap bulan.",
        ..USUAL
    },
];

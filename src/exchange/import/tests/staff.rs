//! Staff lists, invented, in the forms in which they are sent.

use chrono::NaiveDate;

use super::super::finding::Finding;
use super::super::header::Header;
use super::super::layout::{LAYOUTS, Shape};
use super::super::persons::{PersonParser, PersonRow};
use super::super::places::Places;
use super::super::rule::ImportKind as Kind;
use super::{bytes, read};
use crate::directory::person::rule::{Employment, PersonKind, Sex};
use crate::directory::school::npsn::Npsn;

const SECRET: &str = "3273016503850001";

fn parser(header: &Header) -> PersonParser {
    let today = NaiveDate::from_ymd_opt(2026, 5, 1).unwrap();
    PersonParser::new(header, Npsn::parse("20106343").ok(), Places::default(), today)
}

/// A list in the school system's layout; each person is (column, cell) pairs.
fn daftar_guru(persons: &[&[(&str, &str)]]) -> String {
    let layout = LAYOUTS.iter().find(|layout| layout.shape == Shape::PersonsDapodik).unwrap();
    let names: Vec<_> = layout.columns.iter().map(|column| column.name).collect();
    let pad = ",".repeat(names.len());
    let mut text =
        format!("Daftar Guru{pad}\nSD NEGERI CONTOH{pad}\n\"Kecamatan Kec. A, Kabupaten Kab. B\"{pad}\n");
    text += &format!(
        "Tanggal Unduh: 2026-05-01 08:00:00,Pengunduh: NAMA (nama@contoh.id){pad}\n{},\n",
        names.join(",")
    );
    for person in persons {
        let cell = |name: &&str| person.iter().find(|(n, _)| n == name).map_or("", |(_, cell)| cell);
        text += &(names.iter().map(cell).collect::<Vec<_>>().join(",") + ",\n");
    }
    text
}

async fn parsed(text: String) -> (Vec<PersonRow>, Vec<Finding>) {
    let (_, kept, findings) = read(&bytes(text), Kind::Persons, parser).await.unwrap();
    let rows = kept.rows.iter().flat_map(|chunk| chunk.iter()).filter_map(|row| row.value.clone());
    (rows.collect(), findings)
}

fn codes(findings: &[Finding]) -> Vec<(u64, &'static str)> {
    findings.iter().map(|f| (f.line, f.defect.code)).collect()
}

#[tokio::test]
async fn a_school_systems_list_is_read_from_its_sixth_row() {
    let (rows, findings) = parsed(daftar_guru(&[&[
        ("No", "1"),
        ("Nama", " SITI  AMINAH "),
        ("NUPTK", "4738779680130042"),
        ("JK", "P"),
        ("Tanggal Lahir", "1985-03-25"),
        ("NIP", "198503252010012003"),
        ("Status Kepegawaian", "PNS"),
        ("Jenis PTK", "Guru Kelas"),
        ("Tugas Tambahan", "Kepala Sekolah"),
        ("HP", "0812-3456-7890"),
        ("NIK", SECRET),
        ("Nama Ibu Kandung", "RAHASIA"),
    ]]))
    .await;
    assert_eq!(codes(&findings), []);
    let row = &rows[0];
    assert_eq!(
        (row.name.as_str(), row.kind, row.employment),
        ("SITI AMINAH", PersonKind::Principal, Employment::Pns)
    );
    assert_eq!((row.sex, row.birth_date), (Some(Sex::Female), NaiveDate::from_ymd_opt(1985, 3, 25)));
    assert_eq!(row.npsn.as_ref().map(Npsn::as_str), Some("20106343"));
    assert_eq!(row.nik.as_ref().map(|n| n.expose()), Some(SECRET));
}

#[tokio::test]
async fn numbers_that_a_spreadsheet_damaged_are_left_out_and_told() {
    let base = [("Nama", "BUDI"), ("Status Kepegawaian", "GTY/PTY"), ("Jenis PTK", "Guru Mapel")];
    let with = |more: &[(&'static str, &'static str)]| [&base[..], more].concat();
    let float = with(&[("NUPTK", "4.738779680130E+15"), ("NIK", SECRET)]);
    let both = with(&[("NUPTK", "4.738779680130E+15"), ("NIK", "3.27302E+15")]);
    let zeros = with(&[("NUPTK", "738779680130042"), ("NIP", "-"), ("NIK", "3273016503850002")]);
    let again = with(&[("NIK", SECRET), ("Tanggal Lahir", "25/03/1985"), ("JK", "X")]);
    let (rows, findings) = parsed(daftar_guru(&[&float, &both, &zeros, &again])).await;
    assert_eq!(rows.len(), 2);
    let told = [
        (6, "number_mangled_by_spreadsheet"),
        (7, "number_mangled_by_spreadsheet"),
        (7, "number_mangled_by_spreadsheet"),
        (7, "identifier_missing"),
        (8, "number_lost_leading_zeros"),
        (9, "birth_date_unreadable"),
        (9, "sex_unknown"),
        (9, "person_duplicate"),
    ];
    assert_eq!(codes(&findings), told);
}

#[tokio::test]
async fn no_finding_repeats_a_personal_cell() {
    let head = "name;kind;employment;nuptk;nip;nik;sex;birth_date;npsn;phone;email\n";
    let rows = format!("12345;teacher;pns;47387;1985;{SECRET}9;?;1985-13-01;2010634;08;budi\n");
    let (_, findings) = parsed(format!("{head}{rows}")).await;
    let told: Vec<_> = findings.iter().map(|f| (f.column, f.defect.code, f.value.as_deref())).collect();
    let expected = [
        ("name", "name_without_letters", None),
        ("nuptk", "nuptk_malformed", None),
        ("nip", "nip_malformed", None),
        ("nik", "nik_malformed", None),
        ("nuptk", "identifier_missing", None),
        ("birth_date", "birth_date_unreadable", None),
        ("sex", "sex_unknown", Some("?")),
        ("npsn", "number_lost_leading_zeros", Some("2010634")),
        ("phone", "phone_malformed", None),
        ("email", "email_malformed", None),
    ];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn our_own_layout_reads_in_either_language() {
    let text = "Nama,Jenis PTK,Status Kepegawaian,NIK,NPSN,Mapel\n\
                Made Wirawan,Tenaga Administrasi Sekolah,Honor Daerah TK.I Provinsi,3273016503850001,20106346,\n\
                Ayu Lestari,pre_service_teacher,none,3273016503850003,,Matematika\n";
    let (rows, findings) = parsed(text.to_owned()).await;
    assert_eq!(codes(&findings), []);
    assert_eq!((rows[0].kind, rows[0].employment), (PersonKind::Administrator, Employment::Honorary));
    assert_eq!(rows[0].npsn.as_ref().map(Npsn::as_str), Some("20106346"));
    assert_eq!(rows[1].subject.as_deref(), Some("Matematika"));
}

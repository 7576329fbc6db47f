//! Broken, hostile and odd files.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};

use super::super::load::File;
use super::super::regions::{RegionParser, RegionRow};
use super::super::rule::ImportKind as Kind;
use super::super::source::{Input, Limits};
use super::{bytes, checked, read};
use crate::foundation::error::{Error, Fault};

const DISTRICTS: &str = "code,regency_code,name\n11.01.01,11.01,Bakongan\n11.01.02,11.01,Kluet Utara\n";

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn fault(file: &File) -> Fault {
    match checked(file, Kind::Regions, RegionParser::new) {
        Err(Error::Malformed(fault)) => *fault,
        Err(Error::Invalid(mut faults)) => faults.remove(0),
        other => panic!("{:?}", other.map(|c| c.rows())),
    }
}

fn code(content: impl Into<Vec<u8>>) -> &'static str {
    fault(&bytes(content)).code
}

#[tokio::test]
async fn plain_gzip_bom_crlf_and_lone_cr_read_alike() {
    let crlf = DISTRICTS.replace('\n', "\r\n");
    let forms: [Vec<u8>; 7] = [
        DISTRICTS.into(),
        DISTRICTS.trim_end().into(),
        gzip(DISTRICTS.as_bytes()),
        [b"\xef\xbb\xbf", DISTRICTS.as_bytes()].concat(),
        crlf.clone().into(),
        gzip(crlf.as_bytes()),
        DISTRICTS.replace('\n', "\r").into(),
    ];
    for form in forms {
        let (tally, kept, _) = read(&bytes(form), Kind::Regions, RegionParser::new).await.unwrap();
        assert_eq!((tally.read, tally.loaded_new), (2, 2));
        let lines: Vec<_> = kept.rows[0].iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 3]);
    }
}

#[tokio::test]
async fn lines_are_those_an_editor_shows() {
    let text = "\n\ncode,regency_code,name\n\n11.01.01,11.01,\"Ba\nkong\nan\"\n\n\n11.01.02,11.01,X\n,,\n11.01.03,11.01,Y";
    for form in [text.to_owned(), text.replace('\n', "\r\n")] {
        let (tally, kept, findings) = read(&bytes(form), Kind::Regions, RegionParser::new).await.unwrap();
        let lines: Vec<_> = kept.rows[0].iter().map(|row| row.line).collect();
        assert_eq!(lines, [5, 10, 12]);
        assert_eq!(tally.read, 3);
        assert_eq!((findings[0].line, findings[0].defect.code), (5, "text_has_control_characters"));
    }
}

#[test]
fn a_file_cut_off_loads_nothing() {
    let rows: String =
        (0..5_000).map(|i| format!("11.01.{:02},11.01,Bakongan {}\n", i % 100, i * 7919)).collect();
    let whole = gzip(format!("code,regency_code,name\n{rows}").as_bytes());
    assert!(checked(&bytes(whole.clone()), Kind::Regions, RegionParser::new).is_ok());
    for cut in [whole.len() - 1, whole.len() - 8, whole.len() / 2] {
        assert_eq!(code(&whole[..cut]), "file_truncated", "cut at {cut}");
    }
    let mut damaged = whole;
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0xff;
    assert!(["file_damaged", "file_truncated"].contains(&code(damaged)));
}

#[test]
fn what_is_no_text_is_told_by_name() {
    let xlsx = b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00[Content_Types].xml".to_vec();
    assert_eq!(code(xlsx), "file_is_spreadsheet");
    assert_eq!(code(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest".to_vec()), "file_is_spreadsheet");
    assert_eq!(code(b"PK\x03\x04\x14\x00\x00\x00\x08\x00persons.csv".to_vec()), "file_is_archive");
    assert_eq!(code(gzip(b"PK\x03\x04persons.csv")), "file_is_archive");
    assert_eq!(code(b"code,name\n\0\0".to_vec()), "file_is_binary");
    assert_eq!(code(gzip(&gzip(DISTRICTS.as_bytes()))), "file_is_binary");
    assert_eq!(code(b"\xff\xfec\0o\0d\0e\0".to_vec()), "file_is_utf16");
    for empty in ["", "\n \n"] {
        assert_eq!(code(empty), "file_empty");
    }
    let missing = Input::File("no/such/file.csv".into());
    assert!(File::new(missing, Limits::default()).is_err());
}

#[test]
fn a_bomb_is_stopped_before_it_fills_memory() {
    let body = "11.01.01,11.01,Bakongan\n".repeat(1_500_000);
    let bomb = gzip(format!("code,regency_code,name\n{body}").as_bytes());
    assert!(bomb.len() < 200_000, "{}", bomb.len());
    assert_eq!(code(bomb.clone()), "file_inflates_too_much");
    let limits = Limits { inflated_bytes: 1_000_000, ..Limits::default() };
    let file = File::new(Input::Bytes(bomb.into()), limits).unwrap();
    assert_eq!(fault(&file).code, "file_too_large");
}

#[test]
fn a_quote_never_closed_is_stopped_and_named() {
    let limits = Limits { row_bytes: 200_000, ..Limits::default() };
    let text = format!("{DISTRICTS}11.01.03,11.01,\"open\n{}", "x".repeat(1_000_000));
    let told = fault(&File::new(Input::Bytes(text.into_bytes().into()), limits).unwrap());
    assert_eq!(told.code, "row_unclosed");
    assert!(told.args.contains(&("line", "4".to_owned())), "{:?}", told.args);
}

#[tokio::test]
async fn a_bad_row_does_not_spoil_its_neighbours() {
    let wide = format!("11.01.07,11.01,Lebar{}", ",x".repeat(400));
    let long = format!("11.01.08,11.01,{}", "x".repeat(70_000));
    let mut content = b"code,regency_code,name\n11.01.01,11.01,Bakongan\n11.01.02,11.01,Klu\xffet\n".to_vec();
    content.extend(format!("11.01.03,11.01\n11.01.04,11.01,A,B\n{wide}\n{long}\n11.01.05,12.01,C\n").bytes());
    content.extend(b"11.01,11.01,D\n11.01.01,11.01,Again\n11.01.09,11.01,Akhir\n");
    let (tally, kept, findings) = read(&bytes(content), Kind::Regions, RegionParser::new).await.unwrap();
    assert_eq!((tally.read, tally.loaded_new, tally.refused), (10, 2, 8));
    let told: Vec<_> = findings.iter().map(|f| (f.line, f.defect.code)).collect();
    let refused = [
        (3, "not_utf8"),
        (3, "text_missing"),
        (4, "cells_short"),
        (5, "cells_surplus"),
        (6, "row_too_large"),
        (7, "row_too_large"),
        (8, "region_parent_differs"),
        (9, "region_code_malformed"),
        (10, "region_duplicate"),
    ];
    assert_eq!(told, refused);
    let last = kept.rows[0].last().and_then(|row| row.value.clone());
    assert!(matches!(last, Some(RegionRow::InForce { name, .. }) if name == "Akhir"));
}

#[tokio::test]
async fn a_column_upstream_added_is_passed_over_and_told() {
    let text = DISTRICTS.replacen("name", "name,luas", 1).replace("an\n", "an,1\n").replace("ra\n", "ra,2\n");
    let (tally, _, findings) = read(&bytes(text), Kind::Regions, RegionParser::new).await.unwrap();
    assert_eq!((tally.read, tally.loaded_new, tally.warned), (2, 2, 0));
    assert_eq!((findings[0].defect.code, findings[0].value.as_deref()), ("column_ignored", Some("luas")));
}

#[tokio::test]
async fn progress_ends_at_the_end() {
    let file = bytes(DISTRICTS);
    assert_eq!(file.progress.percent(), 0);
    read(&file, Kind::Regions, RegionParser::new).await.unwrap();
    assert_eq!((file.progress.percent(), file.progress.rows()), (100, 2));
}

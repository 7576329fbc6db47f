//! Finds the header row of a file and tells by it which layout the file has.
//!
//! Case, padding, a few well-known aliases and rows above the header do not matter.
//! What is missing or unknown is told once, with all that was expected and found.

use super::finding::harmless;
use super::layout::{Column, LAYOUTS, Layout, Shape, Use};
use super::rule::ImportKind as Kind;
use super::source::preview;
use crate::foundation::error::{Error, Fault, Result};

/// Rows looked at to find the header; the school system's lists have it on row 5.
const SEARCHED: usize = 12;

/// A header that was recognised.
#[derive(Debug, Clone)]
pub struct Header {
    /// Which file this is.
    pub layout: &'static Layout,
    /// How cells are parted.
    pub delimiter: u8,
    /// Rows above the header (blank lines do not count).
    pub preamble: usize,
    /// Columns, trailing empty ones aside.
    pub width: usize,
    /// Columns in the file that are not read because nobody told us of them.
    pub unknown: Vec<String>,
    places: Vec<Option<usize>>,
}

/// Where a column stands in this file.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Its name, as reports show it.
    pub name: &'static str,
    /// Its index; none when the file does not have it.
    pub at: Option<usize>,
}

impl Header {
    /// Recognises the beginning of a file as one `kind` of file.
    ///
    /// Errors: `header_missing` when no row looks like one; `columns_missing`, `columns_unknown`,
    /// `columns_repeated` (with what was expected and found), `file_of_other_kind`.
    pub fn recognise(kind: Kind, head: &[u8]) -> Result<Self> {
        let mut nearest: Option<Guess> = None;
        for delimiter in [b',', b';', b'\t'] {
            for (preamble, row) in preview(head, delimiter, SEARCHED).into_iter().enumerate() {
                for layout in LAYOUTS {
                    let guess = Guess::of(layout, delimiter, preamble, &row);
                    if nearest.as_ref().is_none_or(|n| guess.rank(kind) > n.rank(kind)) {
                        nearest = Some(guess);
                    }
                }
            }
        }
        nearest.ok_or_else(|| super::source::refused("file_empty"))?.settle(kind)
    }

    /// Which layout.
    pub fn shape(&self) -> Shape {
        self.layout.shape
    }

    /// Where the column `name` of the layout stands.
    pub fn place(&self, name: &'static str) -> Place {
        let index = self.layout.columns.iter().position(|column| column.name == name);
        Place { name, at: index.and_then(|i| self.places.get(i).copied().flatten()) }
    }
}

struct Guess {
    layout: &'static Layout,
    delimiter: u8,
    preamble: usize,
    found: Vec<String>,
    places: Vec<Option<usize>>,
    repeated: Vec<String>,
    missing: usize,
}

impl Guess {
    fn of(layout: &'static Layout, delimiter: u8, preamble: usize, row: &[String]) -> Self {
        let width = row.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
        let found: Vec<String> = row.iter().take(width).map(|cell| cell.trim().to_owned()).collect();
        let plain: Vec<String> = found.iter().map(|cell| plain(cell)).collect();
        let mut repeated = Vec::new();
        let mut places = Vec::with_capacity(layout.columns.len());
        for column in layout.columns {
            let mut at = plain.iter().enumerate().filter(|(_, name)| is_named(column, name));
            let first = at.next().map(|(index, _)| index);
            if let (Some((second, _)), true) = (at.next(), column.used != Use::Skipped) {
                repeated.push(found[second].clone());
            }
            places.push(first);
        }
        let needed = layout.columns.iter().zip(&places);
        let missing = needed.filter(|(column, at)| column.used == Use::Needed && at.is_none()).count();
        Self { layout, delimiter, preamble, found, places, repeated, missing }
    }

    /// Complete before incomplete, the kind that was asked for before others, then the most columns known.
    fn rank(&self, kind: Kind) -> (bool, bool, usize, std::cmp::Reverse<usize>) {
        let known = self.places.iter().flatten().count();
        let asked = self.layout.kind == kind;
        if self.missing == 0 {
            (true, asked, known, std::cmp::Reverse(0))
        } else {
            // Of incomplete ones only those asked for are worth naming.
            (false, asked, if asked { known } else { 0 }, std::cmp::Reverse(self.missing))
        }
    }

    fn settle(self, kind: Kind) -> Result<Header> {
        if self.places.iter().all(Option::is_none) {
            return Err(self.headless());
        }
        if self.missing > 0 {
            return Err(self.error("columns_missing", &self.missing_names()));
        }
        if self.layout.kind != kind {
            let fault = Fault::new("/file", "file_of_other_kind").with("kind", self.layout.kind.as_str());
            return Err(Error::Invalid(vec![fault.with("asked", kind.as_str())]));
        }
        if !self.repeated.is_empty() {
            return Err(self.error("columns_repeated", &self.repeated.join(", ")));
        }
        let unknown = self.unknown();
        if self.layout.strict && !unknown.is_empty() {
            return Err(self.error("columns_unknown", &unknown.join(", ")));
        }
        Ok(Header {
            layout: self.layout,
            delimiter: self.delimiter,
            preamble: self.preamble,
            width: self.found.len(),
            unknown,
            places: self.places,
        })
    }

    fn missing_names(&self) -> String {
        let columns = self.layout.columns.iter().zip(&self.places);
        let missing = columns.filter(|(column, at)| column.used == Use::Needed && at.is_none());
        missing.map(|(column, _)| column.name).collect::<Vec<_>>().join(", ")
    }

    fn unknown(&self) -> Vec<String> {
        let known = |name: &str| self.layout.columns.iter().any(|column| is_named(column, name));
        self.found.iter().filter(|cell| !cell.is_empty() && !known(&plain(cell))).cloned().collect()
    }

    fn expected(&self) -> String {
        let expected = self.layout.columns.iter().filter(|column| column.used != Use::Skipped);
        expected.map(|column| column.name).collect::<Vec<_>>().join(", ")
    }

    /// Without a header the first row is somebody's data, so none of it is repeated.
    fn headless(&self) -> Error {
        let fault = Fault::new("/file", "header_missing").with("cells", self.found.len());
        Error::Invalid(vec![fault.with("expected", self.expected())])
    }

    fn error(&self, code: &'static str, columns: &str) -> Error {
        let found: Vec<&str> = self.found.iter().map(|cell| harmless(cell).unwrap_or("…")).collect();
        let fault = Fault::new("/file", code)
            .with("columns", columns)
            .with("expected", self.expected())
            .with("found", found.join(", ").chars().take(600).collect::<String>());
        Error::Invalid(vec![fault])
    }
}

fn is_named(column: &Column, plain_name: &str) -> bool {
    plain(column.name) == plain_name || column.also.iter().any(|also| plain(also) == plain_name)
}

/// A column's name without case, padding and punctuation: `Desa/Kelurahan ` → `desa_kelurahan`.
fn plain(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(kind: Kind, head: &str) -> Shape {
        Header::recognise(kind, head.as_bytes()).unwrap().shape()
    }

    fn fault(kind: Kind, head: &str) -> Fault {
        match Header::recognise(kind, head.as_bytes()) {
            Err(Error::Invalid(mut faults)) => faults.remove(0),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_region_file_is_told_by_its_header() {
        let told = [
            ("code,name,area_km2,population_2024s2\n11,Aceh,1,2\n", Shape::Provinces),
            ("code,province_code,name,kind,area_km2,population_2024s2\n", Shape::Regencies),
            ("code,regency_code,name\n", Shape::Districts),
            ("level,old_code,old_name,new_code,new_name,change\n", Shape::RegionChanges),
            (
                "dapodik_code,level,dapodik_parent,dapodik_name,kemendagri_code,kemendagri_name,match\n",
                Shape::RegionAliases,
            ),
        ];
        for (head, expected) in told {
            assert_eq!(shape(Kind::Regions, head), expected);
        }
    }

    #[test]
    fn case_padding_delimiter_and_aliases_do_not_matter() {
        let head = " NPSN ;Nama_Sekolah;BENTUK;Status;kode_kec;Lintang\n";
        let header = Header::recognise(Kind::Schools, head.as_bytes()).unwrap();
        assert_eq!((header.delimiter, header.shape()), (b';', Shape::Schools));
        assert_eq!(header.place("sekolah").at, Some(1));
        assert_eq!(header.place("bujur").at, None);
    }

    #[test]
    fn a_school_systems_list_has_rows_above_its_header_and_an_empty_last_column() {
        let names: Vec<_> = LAYOUTS[6].columns.iter().map(|c| c.name).collect();
        let pad = ",".repeat(names.len());
        let above =
            format!("Daftar Guru{pad}\nSD X{pad}\n\"Kecamatan Kec. X, Kabupaten Y\"{pad}\nTanggal{pad}\n");
        let header =
            Header::recognise(Kind::Persons, format!("{above}{},\n", names.join(",")).as_bytes()).unwrap();
        assert_eq!((header.shape(), header.preamble, header.width), (Shape::PersonsDapodik, 4, 51));
        assert!(header.unknown.is_empty());
    }

    #[test]
    fn what_is_missing_is_told_with_what_was_expected_and_found() {
        let fault = fault(Kind::Schools, "npsn,nama,alamat\n1,2,3\n");
        assert_eq!(fault.code, "columns_missing");
        let arg = |name| fault.args.iter().find(|(n, _)| *n == name).map(|(_, v)| v.clone()).unwrap();
        assert_eq!(arg("columns"), "bentuk, status, kode_kec");
        assert_eq!(arg("found"), "npsn, nama, alamat");
    }

    #[test]
    fn a_file_without_a_header_is_told_so_without_repeating_what_stands_there() {
        let row = "Siti Aminah,teacher,pns,4738779680130043,198503252010011003,3402016503850001\n";
        let told = fault(Kind::Persons, row);
        assert_eq!(told.code, "header_missing");
        let said: String = told.args.iter().map(|(_, value)| value.as_str()).collect();
        assert!(!["Siti", "4738", "1985", "3402"].iter().any(|part| said.contains(part)), "{said}");
        // A header with data in it keeps the names and hides the numbers.
        let told = fault(Kind::Persons, "name,kind,3402016503850001,siti@contoh.id\n");
        let found = told.args.iter().find(|(name, _)| *name == "found").map(|(_, value)| value.as_str());
        assert_eq!((told.code, found), ("columns_missing", Some("name, kind, …, …")));
    }

    #[test]
    fn a_file_of_another_kind_is_named() {
        assert_eq!(fault(Kind::Schools, "code,regency_code,name\n").code, "file_of_other_kind");
    }

    #[test]
    fn a_slip_in_our_own_format_is_not_passed_over() {
        let told = fault(Kind::Persons, "name,kind,employment,nuptk,birht_date\n");
        assert_eq!((told.code, told.args[0].1.as_str()), ("columns_unknown", "birht_date"));
        assert_eq!(fault(Kind::Persons, "name,nama,kind,employment\n").code, "columns_repeated");
    }
}

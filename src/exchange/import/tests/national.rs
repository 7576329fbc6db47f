//! The real files, where they are at hand: what we find in them against what is known to be wrong with them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;

use super::super::finding::Finding;
use super::super::load::File;
use super::super::places::Places;
use super::super::regions::{RegionParser, RegionRow};
use super::super::rule::ImportKind as Kind;
use super::super::schools::SchoolParser;
use super::super::source::{Input, Limits};
use super::read;

fn data(name: &str) -> Option<File> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    if !path.exists() {
        // Written past the test runner, which swallows what a passing test prints.
        let told = format!("\nSKIPPED, NOTHING WAS TESTED: {name} is not at hand in ../shared/data\n");
        std::io::stderr().write_all(told.as_bytes()).unwrap();
        return None;
    }
    File::new(Input::File(path), Limits::default()).ok()
}

async fn places() -> Option<(Places, BTreeMap<String, u64>, [u64; 2])> {
    let mut places = Places::default();
    let mut codes: BTreeMap<String, u64> = BTreeMap::new();
    let mut counts = [0, 0];
    for name in ["provinces", "regencies", "districts", "changes_2022_to_2025", "dapodik_to_kemendagri"] {
        let file = data(&format!("regions/{name}.csv"))?;
        let (tally, kept, _) = read(&file, Kind::Regions, RegionParser::new).await.unwrap();
        assert_eq!(tally.read, tally.loaded_new + tally.refused, "{name}");
        for row in kept.rows.iter().flat_map(|chunk| chunk.iter()).filter_map(|row| row.value.clone()) {
            match row {
                RegionRow::InForce { code, .. } => {
                    counts[0] += 1;
                    places.add_region(code);
                }
                RegionRow::Alias { code, region: Some(region), .. } => places.add_alias(&code, region),
                RegionRow::Recoded { .. } => counts[1] += 1,
                _ => {}
            }
        }
        for (code, count) in tally.by_code {
            *codes.entry(code.to_owned()).or_default() += count;
        }
    }
    Some((places, codes, counts))
}

#[tokio::test]
async fn the_real_regions_are_all_read() {
    let Some((_, codes, counts)) = places().await else { return };
    assert_eq!(counts, [38 + 514 + 7_285, 620]);
    assert_eq!((codes["region_match_fuzzy"], codes["region_unmatched"]), (169, 68));
    // The mapping names eleven codes twice, each time for the same region.
    assert_eq!(codes["region_duplicate"], 11);
}

/// NPSNs by what is wrong with them, in our words for the kinds that are listed.
fn listed(text: &str) -> BTreeMap<&'static str, BTreeSet<String>> {
    let mut listed: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
    for row in csv::Reader::from_reader(text.as_bytes()).records() {
        let row = row.unwrap();
        listed.entry(ours(&row[1])).or_default().insert(row[0].to_owned());
    }
    listed
}

fn ours(kind: &str) -> &'static str {
    match kind {
        "npsn_not_8_digits" => "npsn_provisional",
        "npsn_duplicate" => "npsn_duplicate",
        "coord_missing" => "coordinates_missing",
        "coord_zero" => "coordinates_zero",
        "coord_outside_indonesia" => "coordinates_outside_country",
        "district_not_in_kemendagri_2025" => "district_unmatched",
        "address_placeholder" | "address_empty" => "address_missing",
        "level_differs_from_name" => "level_differs_from_name",
        "name_says_negeri_status_swasta" => "name_says_negeri_status_swasta",
        "name_says_swasta_status_negeri" => "name_says_swasta_status_negeri",
        "same_name_same_district" => "same_name_same_district",
        "non_ascii" => "non_ascii",
        "name_padding" => "name_padding",
        "control_char" => "text_has_control_characters",
        "quote_char" => "quote_char",
        "name_long" => "name_long",
        other => panic!("a kind nobody compared: {other}"),
    }
}

/// Swapped and impossible coordinates are listed as outside the country.
fn told(finding: &Finding) -> &'static str {
    match finding.defect.code {
        "coordinates_swapped" | "coordinates_malformed" => "coordinates_outside_country",
        code => code,
    }
}

#[tokio::test]
async fn the_national_list_has_the_dirt_it_is_known_to_have() {
    let Some((places, ..)) = places().await else { return };
    let (Some(schools), Some(dirt)) =
        (data("schools/schools_2019_national.csv.gz"), data("schools/schools_2019_dirt.csv.gz"))
    else {
        return;
    };
    let mut text = String::new();
    let Input::File(path) = &dirt.input else { return };
    let gz = flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap());
    std::io::Read::read_to_string(&mut std::io::BufReader::new(gz), &mut text).unwrap();

    let (tally, kept, findings) =
        read(&schools, Kind::Schools, |header| SchoolParser::new(header, places.clone())).await.unwrap();
    assert_eq!((tally.read, tally.loaded_new, tally.refused), (215_372, 215_371, 1));

    let by_line: BTreeMap<u64, &str> = kept
        .rows
        .iter()
        .flat_map(|chunk| chunk.iter())
        .filter_map(|row| Some((row.line, row.value.as_ref()?.npsn.as_str())))
        .collect();
    let mut found: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for finding in &findings {
        // The one refused row is the second with its number.
        let npsn = by_line.get(&finding.line).copied().unwrap_or("10263519");
        found.entry(told(finding)).or_default().insert(npsn.to_owned());
    }
    let known = listed(&text);
    for (code, npsns) in &known {
        assert_eq!(found.get(code), Some(npsns), "{code}");
    }
    let unlisted: Vec<_> = found.keys().filter(|code| !known.contains_key(*code)).collect();
    assert!(unlisted.is_empty(), "found what nobody knows of: {unlisted:?}");
    assert_eq!(tally.by_code["npsn_duplicate"], 2);
}

#[tokio::test]
async fn one_provinces_file_with_all_original_columns_reads_alike() {
    let Some((places, ..)) = places().await else { return };
    let Some(file) = data("schools/schools_2019_diy_full.csv") else { return };
    let (tally, kept, _) =
        read(&file, Kind::Schools, |h| SchoolParser::new(h, places.clone())).await.unwrap();
    assert_eq!((tally.read, tally.refused), (2_736, 0));
    let first = kept.rows[0][0].value.clone().unwrap();
    assert_eq!((first.npsn.as_str(), first.region.as_str()), ("20400181", "34.02.10"));
}

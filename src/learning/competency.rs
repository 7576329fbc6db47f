//! The competency model of teachers: reference data, read from the file that stands beside this one.

use std::sync::LazyLock;

use async_graphql::SimpleObject;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where it is written down.
const SOURCE: &str = "Perdirjen GTK 2626/B/HK.04.01/2023";

/// One competency, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Competency {
    /// Its code: programs and artefacts name it so.
    #[schema(example = "K1", max_length = 20)]
    pub code: String,
    /// What it is called in Indonesian.
    #[schema(example = "Kompetensi Pedagogik", max_length = 120)]
    pub name_id: String,
    /// What it is called in English.
    #[schema(example = "Pedagogical", max_length = 120)]
    pub name_en: String,
}

/// One level, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CompetencyLevel {
    /// 1 is the first.
    #[schema(example = 1, minimum = 1, maximum = 5)]
    pub level: i32,
    /// What it is called in Indonesian.
    #[schema(example = "Paham", max_length = 120)]
    pub name_id: String,
    /// What it is called in English.
    #[schema(example = "Understanding", max_length = 120)]
    pub name_en: String,
}

/// The competencies of teachers and their levels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CompetencyModel {
    /// Where it is written down.
    #[schema(example = "Perdirjen GTK 2626/B/HK.04.01/2023", max_length = 120)]
    pub source: String,
    /// The competencies, in order.
    pub competencies: Vec<Competency>,
    /// The levels, the first first.
    pub levels: Vec<CompetencyLevel>,
}

/// The model.
pub static MODEL: LazyLock<CompetencyModel> = LazyLock::new(|| {
    let mut model =
        CompetencyModel { source: SOURCE.to_owned(), competencies: Vec::new(), levels: Vec::new() };
    for line in include_str!("data/competency_id_2626_2023.csv").lines() {
        let fields: Vec<&str> = line.split(',').collect();
        let [kind, code, name_id, name_en, ..] = fields[..] else { continue };
        let (name_id, name_en) = (name_id.to_owned(), name_en.to_owned());
        match (kind, code.parse()) {
            ("competency", _) => {
                model.competencies.push(Competency { code: code.to_owned(), name_id, name_en });
            }
            ("level", Ok(level)) => model.levels.push(CompetencyLevel { level, name_id, name_en }),
            _ => {}
        }
    }
    model
});

impl CompetencyModel {
    /// Whether a code names one of the competencies.
    pub fn has(&self, code: &str) -> bool {
        self.competencies.iter().any(|one| one.code == code)
    }

    /// Whether there is such a level.
    pub fn has_level(&self, level: i32) -> bool {
        self.levels.iter().any(|one| one.level == level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_has_four_competencies_and_five_levels_in_order() {
        let codes: Vec<&str> = MODEL.competencies.iter().map(|one| one.code.as_str()).collect();
        assert_eq!(codes, ["K1", "K2", "K3", "K4"]);
        let levels: Vec<i32> = MODEL.levels.iter().map(|one| one.level).collect();
        assert_eq!(levels, [1, 2, 3, 4, 5]);
        assert!(MODEL.competencies.iter().all(|one| !one.name_id.is_empty() && !one.name_en.is_empty()));
        assert!(MODEL.has("K4") && !MODEL.has("K5") && !MODEL.has_level(0) && MODEL.has_level(5));
    }
}

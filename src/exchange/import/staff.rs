//! The school system's words for its staff, and titles in names.

use crate::directory::person::rule::PersonKind;

/// What a person is, from the school system's kind of staff and extra duty, or our own code.
pub(super) fn kind_of(cell: &str, duty: &str) -> Option<PersonKind> {
    let (cell, duty) = (cell.to_lowercase(), duty.to_lowercase());
    if let Ok(own) = PersonKind::parse(&cell) {
        return Some(own);
    }
    let begins = |word: &str| cell.starts_with(word);
    let staff = [
        "tenaga",
        "laboran",
        "pustakawan",
        "penjaga",
        "pesuruh",
        "petugas",
        "tukang",
        "teknisi",
        "terapis",
        "psikolog",
    ];
    if begins("kepala sekolah")
        || (begins("guru") && duty.contains("kepala sekolah") && !duty.contains("wakil"))
    {
        Some(PersonKind::Principal)
    } else if ["guru", "wakil kepala sekolah", "instruktur", "pamong", "tutor", "konselor"]
        .into_iter()
        .any(begins)
    {
        // A deputy head has lessons of their own, as a counsellor has pupils.
        Some(PersonKind::Teacher)
    } else if begins("pengawas") {
        Some(PersonKind::Supervisor)
    } else if begins("calon guru") || begins("mahasiswa ppg") {
        Some(PersonKind::PreServiceTeacher)
    } else if staff.into_iter().any(begins) {
        Some(PersonKind::Administrator)
    } else {
        None
    }
}

/// Whether a name carries academic titles, which are not part of it.
pub(super) fn has_title(name: &str) -> bool {
    let before = ["Dr.", "Drs.", "Dra.", "Prof.", "Ir."];
    let degree = |word: &str| {
        let mut parts = word.trim_end_matches(['.', ',']).split('.');
        matches!(parts.next(), Some("S" | "M" | "A" | "SST" | "Sp"))
            && parts.next().is_some_and(|p| !p.is_empty())
    };
    name.split_whitespace().any(|word| before.contains(&word) || degree(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_school_systems_words_mean_a_kind() {
        let told = [
            ("Guru Mapel", "", PersonKind::Teacher),
            ("Guru Kelas", "Kepala Sekolah", PersonKind::Principal),
            ("Guru Mapel", "Wakil Kepala Sekolah Kurikulum", PersonKind::Teacher),
            ("Kepala Sekolah", "", PersonKind::Principal),
            ("Wakil Kepala Sekolah", "", PersonKind::Teacher),
            ("Psikolog", "", PersonKind::Administrator),
            ("Tenaga Administrasi Sekolah", "", PersonKind::Administrator),
            ("Penjaga Sekolah", "", PersonKind::Administrator),
            ("pre_service_teacher", "", PersonKind::PreServiceTeacher),
        ];
        for (cell, duty, kind) in told {
            assert_eq!(kind_of(cell, duty), Some(kind), "{cell} {duty}");
        }
        assert_eq!(kind_of("astronaut", ""), None);
    }

    #[test]
    fn titles_are_told_from_names() {
        for name in ["Siti Aminah, S.Pd.", "Drs. Budi Santoso", "Ani M.Kom"] {
            assert!(has_title(name), "{name}");
        }
        for name in ["Siti Aminah", "M. Yusuf", "A. Rahman", "Sri Dra Wati"] {
            assert!(!has_title(name), "{name}");
        }
    }
}

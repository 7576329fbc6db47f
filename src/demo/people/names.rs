//! Invented names that fit where somebody comes from. Second names are words for what is not real.

use crate::demo::chance::Chance;

/// Names of one part of the country.
struct Names {
    /// Codes of its provinces.
    provinces: &'static [&'static str],
    female: &'static [&'static str],
    male: &'static [&'static str],
    last: &'static [&'static str],
}

const PARTS: [Names; 9] = [
    Names {
        provinces: &["11"],
        female: &["Cut Meutia", "Cut Nuraini", "Nurul", "Fatimah", "Rahmi"],
        male: &["Teuku Rahmat", "Muhammad Iqbal", "Zulfikar", "Fauzan", "Ridwan"],
        last: &["Contohsyah", "Teladani", "Umpama", "Yunus", "Permisal"],
    },
    Names {
        provinces: &["12"],
        female: &["Tiur", "Rosmaida", "Debora", "Lamria", "Siti"],
        male: &["Parlindungan", "Togar", "Hotman", "Sahat", "Ahmad"],
        last: &["Simisal", "Panggabean", "Simarmata", "Contohregar", "Umpama"],
    },
    Names {
        provinces: &["13", "14", "15", "16", "17", "18", "19", "21"],
        female: &["Yulia", "Fitri", "Rahmi", "Desi", "Nurhayati", "Elvira"],
        male: &["Hendra", "Syahrul", "Rahmat", "Andri", "Yusuf", "Zainal"],
        last: &["Contohman", "Teladan", "Permisal", "Umpama", "Hakimi", "Yunus"],
    },
    Names {
        provinces: &["31", "32", "36"],
        female: &["Neng Rina", "Euis", "Siti", "Nurul", "Dewi", "Mega", "Imas"],
        male: &["Asep", "Dedi", "Ujang", "Agus", "Cecep", "Iwan", "Rizki"],
        last: &["Contohwati", "Teladan", "Kusumah", "Permana", "Wirasena", "Umpama"],
    },
    Names {
        provinces: &["33", "34", "35"],
        female: &["Sri", "Wulan", "Ratna", "Lestari", "Kartika", "Indah", "Putri"],
        male: &["Budi", "Joko", "Bayu", "Eko", "Teguh", "Fajar", "Arif"],
        last: &["Hadiningrat", "Nugroho", "Santosa", "Contohwati", "Umpama", "Saputra", "Larasati"],
    },
    Names {
        provinces: &["51"],
        female: &["Ni Luh", "Ni Made", "Ni Putu", "Ni Ketut"],
        male: &["I Made", "I Wayan", "I Nyoman", "I Ketut"],
        last: &["Contohyasa", "Teladana", "Permisal", "Umpami"],
    },
    Names {
        provinces: &["52", "53"],
        female: &["Maria", "Yohana", "Yuliana", "Baiq Hana", "Theresia"],
        male: &["Yohanes", "Lalu Arif", "Markus", "Petrus", "Gregorius"],
        last: &["Contohbria", "Lestaluhu", "Umpama", "Tuwan", "Permisal"],
    },
    Names {
        provinces: &["61", "62", "63", "64", "65", "71", "72", "73", "74", "75", "76"],
        female: &["Andi Ayu", "Norhasanah", "Rina", "Meike", "Sitti", "Yuliana"],
        male: &["Andi Fajar", "Rahmat", "Jefri", "Syamsul", "Muhammad Ali", "Lukas"],
        last: &["Contohpati", "Teladan", "Umpama", "Tanuwija", "Permisal", "Larasati"],
    },
    Names {
        provinces: &["81", "82", "91", "92", "93", "94", "95", "96"],
        female: &["Yohana", "Maria", "Hana", "Marice", "Yakoba"],
        male: &["Markus", "Lukas", "Yance", "Frans", "Obet"],
        last: &["Contohbin", "Rumbiak", "Wanggai", "Mambor", "Umpama", "Lestaluhu"],
    },
];

/// A first and a second name of somebody from this region.
pub fn full(chance: &mut Chance, region: &str, female: bool) -> String {
    let part = PARTS.iter().find(|part| part.provinces.iter().any(|code| region.starts_with(code)));
    let part = part.unwrap_or(&PARTS[4]);
    let first = chance.pick(if female { part.female } else { part.male }).copied().unwrap_or_default();
    let last = chance.pick(part.last).copied().unwrap_or_default();
    format!("{first} {last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_province_has_names_of_its_own_part() {
        let regions = include_str!("../data/regions.csv");
        for code in regions.lines().skip(1).filter_map(|line| line.split(',').next()).filter(|c| c.len() == 2)
        {
            let parts = PARTS.iter().filter(|part| part.provinces.contains(&code)).count();
            assert_eq!(parts, 1, "{code}");
        }
        let mut chance = Chance::new(1);
        assert!(full(&mut chance, "51.71", true).starts_with("Ni "));
    }
}

//! The files an import knows, by their columns: what each upstream calls them, which are
//! needed and which are left unread on purpose (data minimisation).

use super::rule::ImportKind as Kind;

/// One layout of file. The order is the order in which files of one import are loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// `provinces.csv`.
    Provinces,
    /// `regencies.csv`.
    Regencies,
    /// `districts.csv`.
    Districts,
    /// Old code → new code between two editions.
    RegionChanges,
    /// The school system's own codes → official codes.
    RegionAliases,
    /// The national list of schools, also with all 14 original columns.
    Schools,
    /// The school system's "Daftar Guru" and "Daftar Tenaga Kependidikan".
    PersonsDapodik,
    /// A persons file of our own.
    PersonsPlain,
}

/// What an import does with a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Must be there.
    Needed,
    /// Read when it is there.
    Read,
    /// Known, and left unread.
    Skipped,
}

/// One column.
#[derive(Debug)]
pub struct Column {
    /// Its name in this layout, as reports show it.
    pub name: &'static str,
    /// Other names it goes by.
    pub also: &'static [&'static str],
    /// What is done with it.
    pub used: Use,
}

/// One layout.
#[derive(Debug)]
pub struct Layout {
    /// Which.
    pub shape: Shape,
    /// What it is about.
    pub kind: Kind,
    /// Whether a column we do not know refuses the file (our own format, where it is a slip
    /// of the pen) or is reported and passed over (upstream formats, which grow).
    pub strict: bool,
    /// Its columns.
    pub columns: &'static [Column],
}

const fn needed(name: &'static str, also: &'static [&'static str]) -> Column {
    Column { name, also, used: Use::Needed }
}

const fn read(name: &'static str, also: &'static [&'static str]) -> Column {
    Column { name, also, used: Use::Read }
}

const fn skipped(name: &'static str) -> Column {
    Column { name, also: &[], used: Use::Skipped }
}

/// Every layout.
pub const LAYOUTS: &[Layout] = &[
    Layout {
        shape: Shape::Provinces,
        kind: Kind::Regions,
        strict: false,
        columns: &[
            needed("code", &["kode"]),
            needed("name", &["nama"]),
            skipped("area_km2"),
            skipped("population_2024s2"),
        ],
    },
    Layout {
        shape: Shape::Regencies,
        kind: Kind::Regions,
        strict: false,
        columns: &[
            needed("code", &["kode"]),
            needed("province_code", &["kode_provinsi"]),
            needed("name", &["nama"]),
            skipped("kind"),
            skipped("area_km2"),
            skipped("population_2024s2"),
        ],
    },
    Layout {
        shape: Shape::Districts,
        kind: Kind::Regions,
        strict: false,
        columns: &[
            needed("code", &["kode"]),
            needed("regency_code", &["kode_kabupaten", "kode_kab_kota"]),
            needed("name", &["nama"]),
        ],
    },
    Layout {
        shape: Shape::RegionChanges,
        kind: Kind::Regions,
        strict: false,
        columns: &[
            needed("level", &[]),
            needed("old_code", &[]),
            needed("old_name", &[]),
            needed("new_code", &[]),
            needed("new_name", &[]),
            needed("change", &[]),
        ],
    },
    Layout {
        shape: Shape::RegionAliases,
        kind: Kind::Regions,
        strict: false,
        columns: &[
            needed("dapodik_code", &[]),
            needed("level", &[]),
            skipped("dapodik_parent"),
            needed("dapodik_name", &[]),
            needed("kemendagri_code", &[]),
            skipped("kemendagri_name"),
            needed("match", &[]),
        ],
    },
    Layout {
        shape: Shape::Schools,
        kind: Kind::Schools,
        strict: false,
        columns: &[
            needed("npsn", &[]),
            needed("sekolah", &["name", "nama", "nama_sekolah"]),
            needed("bentuk", &["level", "bentuk_pendidikan", "bp"]),
            needed("status", &["ownership", "status_sekolah"]),
            read("alamat_jalan", &["address", "alamat"]),
            needed("kode_kec", &["district_code", "region_code", "kode_kecamatan", "kode_wilayah"]),
            skipped("kecamatan"),
            read("kode_kab_kota", &["regency_code", "kode_kabupaten"]),
            skipped("kabupaten_kota"),
            skipped("kode_prop"),
            skipped("propinsi"),
            skipped("id"),
            read("lintang", &["latitude", "lat"]),
            read("bujur", &["longitude", "lon", "lng"]),
        ],
    },
    Layout { shape: Shape::PersonsDapodik, kind: Kind::Persons, strict: false, columns: DAPODIK },
    Layout {
        shape: Shape::PersonsPlain,
        kind: Kind::Persons,
        strict: true,
        columns: &[
            needed("name", &["nama", "nama_lengkap", "namalengkap"]),
            needed("kind", &["jenis", "jenis_ptk"]),
            needed("employment", &["status_kepegawaian"]),
            read("nuptk", &[]),
            read("nip", &[]),
            read("nik", &[]),
            read("sex", &["jk", "jenis_kelamin"]),
            read("birth_date", &["tanggal_lahir", "tgl_lahir"]),
            read("npsn", &["npsn_sekolah"]),
            read("subject", &["mapel", "mata_pelajaran", "bidang_studi"]),
            read("region_code", &["kode_wilayah"]),
            read("phone", &["hp", "nohp", "nomor_hp", "telepon"]),
            read("email", &["surel"]),
            skipped("no"),
        ],
    },
];

/// The 51 named columns of a school's staff list as the school system gives it. Religion, family,
/// bank account and tax number have no purpose here and are never read.
const DAPODIK: &[Column] = &[
    skipped("No"),
    needed("Nama", &[]),
    needed("NUPTK", &[]),
    needed("JK", &["Jenis Kelamin"]),
    skipped("Tempat Lahir"),
    needed("Tanggal Lahir", &[]),
    needed("NIP", &[]),
    needed("Status Kepegawaian", &[]),
    needed("Jenis PTK", &[]),
    skipped("Agama"),
    skipped("Alamat Jalan"),
    skipped("RT"),
    skipped("RW"),
    skipped("Nama Dusun"),
    skipped("Desa/Kelurahan"),
    skipped("Kecamatan"),
    skipped("Kode Pos"),
    skipped("Telepon"),
    read("HP", &[]),
    read("Email", &[]),
    read("Tugas Tambahan", &[]),
    skipped("SK CPNS"),
    skipped("Tanggal CPNS"),
    skipped("SK Pengangkatan"),
    skipped("TMT Pengangkatan"),
    skipped("Lembaga Pengangkatan"),
    skipped("Pangkat Golongan"),
    skipped("Sumber Gaji"),
    skipped("Nama Ibu Kandung"),
    skipped("Status Perkawinan"),
    skipped("Nama Suami/Istri"),
    skipped("NIP Suami/Istri"),
    skipped("Pekerjaan Suami/Istri"),
    skipped("TMT PNS"),
    skipped("Sudah Lisensi Kepala Sekolah"),
    skipped("Pernah Diklat Kepengawasan"),
    skipped("Keahlian Braille"),
    skipped("Keahlian Bahasa Isyarat"),
    skipped("NPWP"),
    skipped("Nama Wajib Pajak"),
    skipped("Kewarganegaraan"),
    skipped("Bank"),
    skipped("Nomor Rekening Bank"),
    skipped("Rekening Atas Nama"),
    needed("NIK", &[]),
    skipped("No KK"),
    skipped("Karpeg"),
    skipped("Karis/Karsu"),
    skipped("Lintang"),
    skipped("Bujur"),
    skipped("NUKS"),
];

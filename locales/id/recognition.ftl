noun-recognition-scheme = edisi kriteria
noun-progress-note = catatan kemajuan
noun-award-round = putaran tahunan
noun-award-entry = isian putaran tahunan
noun-award-objection = keberatan

# Hasil hitungan, dengan kata.
recognition-award-line = { $code ->
    [regularity] Keteraturan: berirama pada { $actual } % hari; diminta { $required } % (tahun sebelumnya { $before } %).
    [breadth] Keragaman: { $actual } jenis kegiatan; diminta { $required } (tahun sebelumnya { $before }).
    [reuse] Dipakai kelompok lain: { $actual } kali; diminta { $required } (tahun sebelumnya { $before }).
   *[improvement] Perbaikan: { $actual } pokok berhasil membaik; diminta { $required } (tahun sebelumnya { $before }).
    } { $met ->
    [yes] Terpenuhi.
   *[no] Belum terpenuhi.
    }
recognition-progress-line = { $code ->
    [regularity] Keteraturan: berirama pada { $actual } % hari; bulan sebelumnya { $before } %.
    [breadth] Keragaman: { $actual } jenis kegiatan; bulan sebelumnya { $before }.
    [reuse] Dipakai kelompok lain: { $actual } kali; bulan sebelumnya { $before }.
   *[improvement] Perbaikan: { $actual } pokok berhasil membaik; bulan sebelumnya { $before }.
    }

# Kriteria.
criteria-missing = Sebutkan sekurang-kurangnya satu kriteria.
criterion-twice = Kriteria ini sudah disebut.
criterion-least-out-of-range = Yang diminta dari semua kelompok antara { $min } dan { $max }.
criterion-growth-out-of-range = Kenaikannya antara { $min } dan { $max }.
criterion-ceiling-out-of-range = Permintaan tertinggi antara { $min } dan { $max }.
criterion-least-over-ceiling = Yang diminta dari semua kelompok melebihi permintaan tertinggi.
criteria-needed-out-of-range = Kriteria yang harus dipenuhi antara { $min } dan { $max }.
year-out-of-range = Tahunnya antara { $min } dan { $max }.
recognition-scheme-not-draft = Hanya draf yang dapat diubah atau diterbitkan; edisi ini "{ $status }". Tulislah edisi baru.
recognition-scheme-not-published = Hanya edisi yang terbit dapat diakhiri; edisi ini "{ $status }".
recognition-scheme-draft-exists = Sudah ada draf. Terbitkan atau ubah dahulu draf itu.
recognition-scheme-from-past = Edisi berikutnya mulai setelah tahun { $year }: tidak ada yang dinilai dengan aturan yang belum diketahuinya.

# Catatan kemajuan.
progress-month-open = Bulan ini dapat dicatat mulai { $until }, setelah laporan susulan masuk.
progress-before-founding = Komunitas ini baru didirikan pada { $foundedOn }.

# Putaran.
award-region-too-small = Putaran berlaku untuk kabupaten atau kota, atau provinsi bagi kelompok seprovinsi.
award-year-open = Tahun { $year } belum berakhir.
award-without-criteria = Belum ada kriteria yang berlaku untuk tahun { $year }.
award-round-exists = Putaran wilayah ini untuk tahun { $year } sudah ada. Hitung ulang putaran itu.
award-round-not-computed = Ini hanya dapat dilakukan sebelum putaran diumumkan; statusnya "{ $status }".
award-round-not-announced = Ini hanya dapat dilakukan selama putaran diumumkan; statusnya "{ $status }".
award-contest-open = Komunitas dapat berkeberatan sampai { $until }.
award-contest-over = Keberatan dapat diajukan sampai { $until }.
award-objections-open = { $count } keberatan belum diputuskan.
award-objection-exists = Komunitas Anda sudah berkeberatan atas pengumuman ini.
award-objection-decided = Keberatan ini sudah diputuskan; statusnya "{ $status }".
award-own-decision = Yang mengumumkan putaran tidak memutuskan keberatan atasnya. Orang lain yang memutuskan.

# Kata.
action-recognition-scheme-read = melihat kriteria penghargaan
action-recognition-scheme-create = menyusun kriteria penghargaan
action-recognition-scheme-update = mengubah kriteria penghargaan
action-recognition-scheme-publish = menerbitkan kriteria penghargaan
action-recognition-scheme-retire = mengakhiri kriteria penghargaan
action-progress-note-read = melihat catatan kemajuan
action-progress-note-make = membuat catatan kemajuan
action-award-round-read = melihat putaran tahunan
action-award-round-compute = menghitung komunitas suatu wilayah
action-award-round-recompute = menghitung ulang suatu putaran
action-award-round-announce = mengumumkan suatu putaran
action-award-round-retract = menarik suatu pengumuman
action-award-round-finalise = menetapkan suatu putaran
action-award-entry-read = melihat komunitas yang dihargai
action-award-objection-read = melihat keberatan
action-award-objection-raise = mengajukan keberatan atas nama komunitas
action-award-objection-decide = memutuskan keberatan
status-recognition-scheme-draft = draf
status-recognition-scheme-published = terbit
status-recognition-scheme-retired = berakhir
status-award-round-computed = dihitung
status-award-round-announced = diumumkan
status-award-round-final = tetap
status-award-objection-open = terbuka
status-award-objection-upheld = diterima
status-award-objection-dismissed = ditolak

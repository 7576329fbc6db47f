noun-improvement = pokok perbaikan

# Ukuran.
measure-malformed = Tulis nilainya dengan angka, paling banyak dua angka di belakang koma, misalnya 62,5.
measure-out-of-range = Nilai ini paling besar { $max }.
measure-not-whole = Satuan ini memakai bilangan bulat.
target-not-better = Sasaran harus lebih baik daripada nilai awal. Periksa arah ukurannya.
measured-in-future = Tanggal pengukuran belum tiba.
measured-before-baseline = Pengukuran ini mendahului pengukuran awal ({ $baseline }).

# Pokok perbaikan.
due-in-past = Tenggat ini sudah lewat. Pilih hari ini atau sesudahnya.
improvement-not-yet-agreed = Penanggung jawab dan tenggat ditetapkan saat strateginya disepakati.
improvement-not-identified = Ini hanya dapat dilakukan sebelum strateginya disepakati; statusnya "{ $status }".
improvement-not-agreed = Ini hanya dapat dilakukan setelah strateginya disepakati dan sebelum dijalankan; statusnya "{ $status }".
improvement-not-in-progress = Ini hanya dapat dilakukan selama sedang dijalankan; statusnya "{ $status }".
improvement-not-reviewed = Ini hanya dapat dilakukan setelah ditinjau; statusnya "{ $status }".
improvement-reviewed = Pokok ini sudah ditinjau atau dihentikan; statusnya "{ $status }".
improvement-over = Pokok ini sudah ditutup atau dihentikan; statusnya "{ $status }".
improvement-has-no-way-back = Dari status "{ $status }" tidak ada langkah mundur.
improvement-links-full = Satu pokok memuat paling banyak { $max } tautan sejenis.
link-not-one = Sebutkan tepat satu: sebuah kegiatan atau sebuah karya.
link-not-published = Karya ini belum diterbitkan.

# Kata.
action-improvement-read = melihat pokok perbaikan
action-improvement-create = mencatat pokok perbaikan
action-improvement-update = mengubah pokok perbaikan
action-improvement-agree = menyepakati strategi perbaikan
action-improvement-start = memulai perbaikan
action-improvement-note = mencatat kemajuan perbaikan
action-improvement-review = meninjau hasil perbaikan
action-improvement-close = menutup pokok perbaikan
action-improvement-reopen = memundurkan pokok perbaikan satu langkah
action-improvement-drop = menghentikan pokok perbaikan
action-improvement-link = menautkan kegiatan atau karya ke pokok perbaikan
action-improvement-unlink = melepas tautan dari pokok perbaikan
status-improvement-identified = teridentifikasi
status-improvement-strategy-agreed = strategi disepakati
status-improvement-in-progress = sedang dijalankan
status-improvement-reviewed = ditinjau
status-improvement-closed = ditutup
status-improvement-dropped = dihentikan

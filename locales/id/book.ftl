noun-book-reading = bacaan bersama
noun-chapter-note = catatan bab

# Buku.
isbn-malformed = ISBN terdiri atas 10 atau 13 angka; tanda hubung boleh ditulis. Angka terakhir ISBN-10 dapat berupa X.
isbn-check-digit-wrong = Angka pemeriksa ISBN ini tidak cocok. Periksa lagi pada bukunya.
authors-out-of-range = Sebutkan { $min } sampai { $max } pengarang.
book-year-out-of-range = Tahun terbit antara { $min } dan { $max }.
chapters-out-of-range = Buku dibaca dalam { $min } sampai { $max } bab.
chapters-not-in-order = Nomori bab berurutan mulai dari 1.

# Bacaan bersama.
schedule-too-long = Jadwalnya lebih panjang daripada bukunya, yang memuat { $max } bab.
chapter-unknown = Buku ini tidak memiliki bab itu.
chapter-scheduled-twice = Bab ini sudah tercantum. Sisakan satu baris.
due-dates-reversed = Bab ini harus selesai sebelum bab sebelumnya. Perbaiki urutannya.
activity-not-book-club-meeting = Kegiatan ini bukan pertemuan klub buku. Pilih kegiatan lain atau kosongkan.
reading-not-planned = Ini hanya dapat dilakukan selama bacaan masih direncanakan; statusnya "{ $status }".
reading-not-reading = Ini hanya dapat dilakukan selama bukunya sedang dibaca; statusnya "{ $status }".
reading-over = Bacaan ini sudah berakhir; statusnya "{ $status }".

# Kata.
action-book-reading-read = melihat bacaan bersama
action-book-reading-create = merencanakan bacaan bersama
action-book-reading-update = mengubah jadwal bacaan bersama
action-book-reading-start = memulai bacaan bersama
action-book-reading-finish = menyelesaikan bacaan bersama
action-book-reading-stop = menghentikan bacaan bersama
action-chapter-note-read = melihat catatan bab
action-chapter-note-write = menulis catatan bab
action-chapter-mark = menandai bab yang sudah dibaca
status-reading-planned = direncanakan
status-reading-reading = sedang dibaca
status-reading-finished = selesai
status-reading-stopped = dihentikan

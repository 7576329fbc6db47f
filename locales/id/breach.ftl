noun-breach = kebocoran data
action-breach-read = melihat daftar kebocoran data
action-breach-record = mencatat kebocoran data
action-breach-update = mengubah catatan kebocoran data
action-breach-contain = mencatat bahwa kebocoran data sudah dihentikan
action-breach-notify-authority = mencatat pemberitahuan kepada lembaga pelindungan data pribadi
action-breach-notify-persons = mencatat pemberitahuan kepada pemilik data
action-breach-close = menutup catatan kebocoran data
action-breach-reopen = memundurkan catatan kebocoran data satu langkah
status-breach-open = terbuka
status-breach-contained = terkendali
status-breach-closed = ditutup

breach-open = Catatan kebocoran ini masih terbuka.
breach-contained = Saat kebocoran ini dihentikan sudah dicatat. Mundurkan satu langkah untuk mengubahnya.
breach-closed = Catatan kebocoran ini sudah ditutup. Buka kembali lebih dahulu.
breach-not-contained = Belum dicatat kapan kebocoran ini dihentikan.
breach-authority-not-told = Belum dicatat bahwa lembaga pelindungan data pribadi sudah diberi tahu, atau alasan tidak perlunya.
breach-persons-not-told = Belum dicatat bahwa pemilik data sudah diberi tahu, atau alasan tidak perlunya.
breach-lessons-missing = Tulis pelajaran yang dipetik.
breach-authority-told = Pemberitahuan kepada lembaga pelindungan data pribadi sudah dicatat.
breach-persons-told = Pemberitahuan kepada pemilik data sudah dicatat.
breach-told-or-not-needed = Sebutkan kapan dan bagaimana diberitahukan, atau alasan tidak perlunya; jangan keduanya.
breach-classes-missing = Sebutkan sedikitnya satu golongan data.
breach-persons-out-of-range = Isi dengan angka { $min } sampai { $max }.
breach-regions-too-many = Sebutkan paling banyak { $max } wilayah.
breach-moment-ahead = Waktu ini belum tiba.
breach-discovered-too-long-ago = Kebocoran dicatat paling lambat setahun sejak diketahui.
breach-told-before-discovery = Kebocoran ini baru diketahui pada { $discovered }.
breach-occurred-backwards = Waktu berakhirnya mendahului waktu mulainya.
breach-occurred-after-discovery = Waktu mulainya setelah kebocoran ini diketahui.
breach-contained-before-it-began = Kebocoran tidak mungkin dihentikan sebelum dimulai.

# Surat pemberitahuan kepada pemilik data.
breach-letter-subject = Pemberitahuan kebocoran data pribadi: { $title }
breach-letter-opening = Kami menyampaikan bahwa data pribadi Anda mungkin telah diketahui pihak lain. Kami memohon maaf. Berikut yang kami ketahui dan yang kami lakukan.
breach-letter-which = Data yang terungkap
    { $classes }
breach-letter-when = Waktu
    Kebocoran ini diketahui pada { $discovered }.
breach-letter-course = Data terbuka sejak { $from } sampai { $until }.
breach-letter-from = Data terbuka sejak { $from }.
breach-letter-until = Data terbuka sampai { $until }.
breach-letter-how = Bagaimana terungkap
    Penyebab: { $cause }.
breach-letter-contained = Kebocoran dihentikan pada { $at }.
breach-letter-not-contained = Kami masih berupaya menghentikannya.
breach-letter-measures = Penanganan dan pemulihan
breach-letter-consequences = Dampak yang mungkin bagi Anda
breach-letter-contact = Kepada siapa Anda dapat bertanya
    { $contact }
breach-letter-law = Pemberitahuan ini disampaikan berdasarkan Pasal 46 Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi.

breach-class-activity = kegiatan Anda di registri
breach-class-as-the-answer = jawaban layanan yang disimpan sementara
breach-class-contact = nomor telepon, alamat surel
breach-class-correspondence = tulisan Anda kepada orang lain
breach-class-demographic = jenis kelamin dan tanggal lahir
breach-class-employment = status kepegawaian, sekolah, mata pelajaran
breach-class-identifier = nomor identitas (NUPTK, NIP) atau nama untuk masuk
breach-class-identity = nama
breach-class-opinion = pendapat Anda
breach-class-private = catatan yang hanya Anda lihat
breach-class-professional = cara Anda bekerja menurut rekan sejawat
breach-class-profile = keterangan tentang diri yang Anda tampilkan kepada umum
breach-class-sealed-identity = identitas di balik sesuatu yang anonim
breach-class-secret = NIK atau kunci masuk akun (tersimpan dalam bentuk tersegel)
breach-class-usage = waktu dan jejak penggunaan

breach-cause-lost-device = perangkat atau dokumen hilang atau dicuri
breach-cause-misdirected = data terkirim atau diberikan kepada pihak yang salah
breach-cause-unauthorised-access = pihak luar masuk tanpa izin
breach-cause-malware = program jahat
breach-cause-insider = orang dalam yang memiliki akses memakai data di luar kewenangannya
breach-cause-software-fault = kesalahan program
breach-cause-published-by-mistake = data tidak sengaja dipublikasikan
breach-cause-other = seperti diuraikan di bawah ini

noun-program = program
noun-batch = angkatan
noun-session = sesi
# Program.
jp-out-of-range = Program memuat { $min } sampai { $max } JP.
minutes-per-jp-out-of-range = Satu JP terdiri atas { $min } sampai { $max } menit.
attendance-percent-out-of-range = Kehadiran minimal antara { $min } dan { $max } persen.
score-out-of-range = Nilai antara { $min } dan { $max }.
title-too-short = Judul paling sedikit { $min } karakter.
title-without-letters = Judul harus berhuruf. Tulis apa yang dipelajari.
program-code-malformed = Kode program terdiri atas 2 sampai 20 huruf, angka, dan tanda hubung, seperti GB-INKLUSIF.
program-not-draft = Ini hanya dapat dilakukan selama program masih draf; statusnya "{ $status }". Kembalikan ke draf lebih dahulu bila belum ada angkatan.
program-not-published = Ini hanya dapat dilakukan dengan program yang sudah terbit; statusnya "{ $status }". Terbitkan lebih dahulu.
program-has-batches = Program ini memiliki { $batches } angkatan sehingga kurikulumnya tetap. Arsipkan dan susun program baru.

# Angkatan.
capacity-out-of-range = Angkatan memiliki { $min } sampai { $max } kursi.
capacity-below-taken = { $taken } kursi sudah terisi; { $capacity } terlalu sedikit. Sediakan paling sedikit sebanyak yang terisi.
cost-out-of-range = Biaya antara { $min } dan { $max } rupiah, tanpa desimal.
direct-batch-with-source = Angkatan langsung tidak meneruskan angkatan lain. Kosongkan sumbernya atau jadikan pengimbasan.
cascade-without-source = Pengimbasan meneruskan angkatan sebelumnya. Sebutkan angkatan itu.
cascade-of-other-program = Angkatan sumber berasal dari program lain. Pengimbasan meneruskan programnya sendiri.
cascade-source-not-running = Angkatan sumber belum berjalan atau dibatalkan. Sebutkan yang sedang berjalan atau sudah selesai.
cascade-too-deep = Pelatihan ini sudah terlalu sering diteruskan untuk tetap disebut pelatihan yang sama. Mulai dari angkatan yang lebih dekat dengan yang langsung.
registration-window-reversed = Pendaftaran ditutup sebelum dibuka. Perbaiki kedua waktunya.
registration-closes-after-end = Pendaftaran ditutup setelah hari terakhir angkatan. Tutup lebih awal.
registration-not-yet-open = Pendaftaran dibuka pada { $opens }. Silakan kembali saat itu.
registration-over = Pendaftaran ditutup pada { $closed }. Tanyakan kepada penyelenggara apakah dapat diperpanjang.
batch-dates-reversed = Hari terakhir mendahului hari pertama. Perbaiki kedua harinya.
batch-without-session = Angkatan ini belum memiliki sesi. Rencanakan paling sedikit satu sebelum dibuka.
batch-not-draft = Ini hanya dapat dilakukan selama angkatan masih draf; statusnya "{ $status }".
batch-not-open = Angkatan ini tidak menerima pendaftaran; statusnya "{ $status }".
batch-not-closed = Ini hanya dapat dilakukan setelah pendaftaran ditutup; status angkatan "{ $status }".
batch-not-running = Ini hanya dapat dilakukan setelah angkatan berjalan; statusnya "{ $status }".
batch-finished = Angkatan ini sudah selesai dan tidak dapat diubah lagi.
batch-already-cancelled = Angkatan ini sudah dibatalkan dan tidak dapat diubah lagi.
batch-takes-no-decisions = Kursi diberikan sejak dibuka sampai angkatan selesai; statusnya "{ $status }".
session-without-resource-person = { $sessions } sesi belum memiliki narasumber yang kompetensinya terverifikasi untuk program ini (untuk sesi yang sudah dimulai: terverifikasi saat sesi dimulai). Angkatan langsung memerlukannya di setiap sesi: tugaskan narasumber atau hapus sesinya dari rencana.
sessions-to-come = Masih ada { $sessions } sesi yang belum berakhir; yang terdekat mulai { $next }, yang terakhir berakhir { $until }. Tunggu sampai saat itu, atau pindahkan atau hapus sesi yang tidak akan dilaksanakan.
sessions-shorter-than-jp = Jumlah sesi { $planned } menit; JP programnya { $due } menit. Tambah sesi atau jelaskan bagian belajar mandiri dalam program.
ranked-first-come = Urutan { $position }: mendaftar pada { $applied }; yang lebih dahulu mendaftar didahulukan.
ranked-least-trained = Urutan { $position }: { $jp } JP pelatihan langsung sejak { $from }, mendaftar pada { $applied }; yang paling sedikit dilatih didahulukan.

# Pendaftaran.
enrolment-already-live = Orang ini sudah terdaftar di angkatan ini; statusnya "{ $status }".
not-in-audience = Program ini ditujukan bagi: { $audience }; orang ini "{ $kind }". Pendaftaran tetap tercatat; tanyakan kepada penyelenggara apakah pelatihan ini sesuai.
teaches-in-batch = Narasumber angkatan ini tidak dapat menjadi pesertanya. Daftarkan di angkatan lain, atau lepaskan dahulu dari sesinya.
enrolment-not-awaiting-seat = Hanya pendaftaran yang diajukan atau dalam daftar tunggu yang dapat diterima; yang ini "{ $status }".
enrolment-not-applied = Hanya pendaftaran yang diajukan yang dapat masuk daftar tunggu; yang ini "{ $status }".
enrolment-not-rejectable = Pendaftaran ini tidak dapat ditolak lagi; statusnya "{ $status }".
enrolment-has-attendance = Presensi pendaftaran ini sudah tercatat sehingga tidak dapat ditolak. Bila keliru tercatat, hapus dahulu presensinya; bila tidak, biarkan peserta mengundurkan diri atau putuskan tidak selesai.
enrolment-not-withdrawable = Hanya pendaftaran yang diajukan, dalam daftar tunggu, atau diterima yang dapat ditarik; yang ini "{ $status }".
withdrawal-reason-missing = Sebutkan alasan kursi dilepaskan.
enrolment-not-accepted = Ini hanya berlaku untuk pendaftaran yang diterima; yang ini "{ $status }".
requirements-not-met = Belum semua syarat terpenuhi: { $unmet }. Lihat penjelasan penyelesaiannya.
enrolment-not-withdrawn = Hanya pendaftaran yang ditarik yang dapat diajukan kembali; yang ini "{ $status }".
enrolment-not-decided = Hanya pendaftaran yang sudah diputuskan selesai atau tidak selesai yang dapat dibuka kembali; yang ini "{ $status }".
enrolment-has-certificate = Sertifikat dari penyelesaian ini masih berlaku. Cabut lebih dahulu sebelum dibuka kembali.

# Sesi dan presensi.
session-length-out-of-range = Sesi berlangsung { $min } sampai { $max } menit.
session-times-reversed = Waktu selesai paling sedikit satu menit setelah waktu mulai.
session-too-long = Paling lama { $hours } jam. Bagi menjadi beberapa pertemuan.
session-outside-batch-dates = { $day } di luar angkatan, yang berlangsung { $first } sampai { $last } menurut zona waktu sesi.
time-zone-unknown = Zona waktu ini tidak dipakai di sini. Gunakan salah satu dari: { $allowed }.
teaching-days-out-of-range = Hari mengajar adalah jumlah dari Senin 1, Selasa 2, Rabu 4, Kamis 8, Jumat 16, Sabtu 32: { $min } sampai { $max }.
timetable-hours-reversed = Jam pelajaran harus berakhir setelah dimulai, dalam satu hari.
session-clashes-with-teaching = Pada { $day } pukul { $from } sampai { $until } ({ $minutes } menit) sesi ini bertabrakan dengan jam mengajar. Pindahkan ke setelah jam sekolah, hari bebas, atau hari belajar.
burden-cap-out-of-range = Batas beban antara { $min } dan { $max } menit per semester.
term-malformed = Semester ditulis seperti 2026-1 (Juli sampai Desember 2026) atau 2026-2 (Januari sampai Juni 2027).
override-without-name = Sebutkan siapa yang mengizinkan.
trainer-burden-past-cap = Guru aktif ini akan melatih selama { $total } menit semester ini; batasnya { $cap }. Pertimbangkan orang lain.
trainer-burden-exceeded = Guru aktif ini akan melatih selama { $total } menit semester ini, lebih dari dua kali batas { $cap }. Pilih orang lain, atau sebutkan siapa yang mengizinkan dan alasannya.
session-in-future = Sesi belum dimulai. Catat presensi sejak sesi dimulai.
attendance-empty = Daftarnya kosong. Sebutkan paling sedikit satu pendaftaran.
attendance-too-long = Daftarnya lebih dari { $max } baris. Pastikan hanya untuk satu sesi.
enrolment-listed-twice = Pendaftaran ini tercantum dua kali. Sisakan satu baris.
enrolment-not-in-batch = Pendaftaran ini bukan dari angkatan sesi ini. Periksa daftarnya.
minutes-out-of-range = Menit hadir antara { $min } dan { $max }.

# Merencanakan program, angkatan, dan sesi.
program-code-taken = Program lain dari penyelenggara ini sudah memakai kode ini.
competencies-too-many = Paling banyak { $max } kompetensi.
competency-malformed = Kode kompetensi terdiri atas 1 sampai 20 huruf, angka, titik, dan tanda hubung, seperti K1.
competency-listed-twice = Kompetensi ini tertulis dua kali. Sisakan satu.
sessions-outside-batch-dates = { $sessions } sesi akan berada di luar hari yang baru. Pindahkan dahulu.
sessions-too-many = Satu angkatan paling banyak memiliki { $max } sesi.
session-has-attendance = Presensi sudah dicatat pada sesi ini, sehingga waktu dan narasumbernya tetap. Bila keliru tercatat, hapus dahulu presensinya.
batch-has-completions = { $decided } pendaftaran angkatan ini sudah diputuskan menurut sesi yang ada, sehingga sesi tidak dapat ditambah, dihapus, atau diubah waktunya. Buka kembali dulu pendaftaran itu, lalu putuskan lagi.
teacher-already-assigned = Narasumber ini sudah mengajar pada sesi tersebut.
participant-of-batch = Narasumber ini terdaftar sebagai peserta angkatan ini. Pilih orang lain, atau tarik dahulu pendaftarannya.
teacher-not-assigned = Narasumber ini tidak mengajar pada sesi tersebut.
resource-person-busy = Narasumber mengajar "{ $session }" pada waktu itu (mulai { $at }). Pilih waktu lain atau narasumber lain.
sessions-clash-with-teaching = { $sessions } sesi bertepatan dengan jam mengajar { $schools } sekolah; { $minutes } menit pelajaran akan terlewat. Lihat bentrokannya, lalu pindahkan ke luar jam sekolah atau hari bebas.
sessions-in-school-hours = { $sessions } sesi bertepatan dengan jam mengajar { $schools } sekolah di wilayah ini ({ $percent } persen). Sebagian besar peserta akan meninggalkan pelajaran: pindahkan sesi ke luar jam sekolah atau ke hari bebas.

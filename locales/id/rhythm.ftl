# Irama pertemuan: seri pertemuan, bentrok, kalender.
noun-meeting-series = seri pertemuan
noun-calendar-feed = alamat kalender

action-meeting-series-create = menjadwalkan pertemuan rutin
action-meeting-series-update = mengubah pertemuan rutin
action-meeting-series-end = mengakhiri pertemuan rutin
action-activity-clashes = memeriksa siapa yang berhalangan hadir
action-calendar-feed-read = melihat alamat kalender sendiri
action-calendar-feed-create = membuat alamat kalender
action-calendar-feed-revoke = mencabut alamat kalender

status-meeting-series-active = berjalan
status-meeting-series-ended = berakhir

local-time-malformed = Tulis tanggal dan jam setempat seperti 2026-07-11T09:00:00, tanpa zona waktu.
series-minutes-out-of-range = Lama pertemuan harus { $min } sampai { $max } menit.
rule-part-malformed = Bagian aturan « { $part } » tidak dapat dibaca. Contoh yang benar: FREQ=MONTHLY;BYDAY=2SA (Sabtu kedua tiap bulan).
rule-part-unsupported = Bagian aturan « { $part } » tidak dipakai di sini. Yang dapat dipakai: FREQ, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, WKST, COUNT, UNTIL.
rule-part-repeated = Bagian aturan « { $part } » tertulis dua kali. Tulis sekali saja; beberapa nilai dipisahkan koma.
rule-too-often = Pertemuan paling sering sekali sehari: gunakan DAILY, WEEKLY, MONTHLY, atau YEARLY.
rule-without-frequency = Aturan harus memuat FREQ: DAILY, WEEKLY, MONTHLY, atau YEARLY.
rule-until-not-utc = Tulis UNTIL dalam UTC dengan Z di akhir, misalnya UNTIL=20270630T165959Z.
rule-count-and-until = Gunakan COUNT atau UNTIL, jangan keduanya.
rule-interval-out-of-range = INTERVAL harus { $min } sampai { $max }.
rule-count-out-of-range = COUNT harus { $min } sampai { $max }.
rule-contradicts-itself = Bagian-bagian aturan ini tidak dapat dipakai bersama, atau nilainya di luar batas. Misalnya « 2SA » hanya berlaku untuk MONTHLY dan YEARLY.
rule-never-fires = Aturan ini tidak pernah menghasilkan pertemuan, seperti tanggal 30 Februari.
rule-ends-before-start = Aturan ini berakhir sebelum pertemuan pertama.
series-start-not-in-rule = Pertemuan pertama tidak jatuh pada hari yang disebut aturan. Yang terdekat: { $first }.
series-start-past = Pertemuan pertama harus setelah sekarang ({ $now }).
series-end-past = Hari pertama tanpa pertemuan paling awal hari ini ({ $today }).
pauses-too-many = Paling banyak { $max } masa jeda.
pause-reversed = Hari terakhir jeda mendahului hari pertamanya.
pause-too-long = Satu masa jeda paling lama { $max } hari.
meeting-series-ended = Pertemuan rutin ini sudah berakhir.
meeting-series-too-many = Satu komunitas paling banyak memiliki { $max } seri pertemuan yang berjalan. Akhiri salah satunya dahulu.
meeting-left-the-rule = Jadwal pertemuan rutin berubah.
meetings-clash-with-teaching = { $meetings } pertemuan jatuh pada jam mengajar anggota (sampai { $members } anggota sekaligus), mulai { $dates }. Pilih jam setelah sekolah, hari lain, atau hari belajar; bila tetap harus begitu, tulis alasannya di despiteClashes.
meetings-overlap-others = Pada { $meetings } pertemuan ada anggota yang punya acara lain: pertemuan komunitas lain atau pelatihan (sampai { $members } anggota sekaligus).
calendar-needs-membership = Anda bukan anggota komunitas ini.
calendar-feed-revoked = Alamat kalender ini sudah dicabut.
calendar-feeds-too-many = Paling banyak { $max } alamat kalender yang berlaku. Cabut yang tidak dipakai lagi.
calendar-of-all = Kegiatan saya di Sanggar
series-end-too-far = Pertemuan baru terjadwal sampai { $until }. Akhiri paling lambat pada hari itu.
series-start-too-far = Pertemuan pertama paling lambat { $last }.

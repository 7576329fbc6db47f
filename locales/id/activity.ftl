noun-activity = kegiatan
noun-activity-cost = biaya kegiatan

# Kegiatan.
activity-outside-plan = Kegiatan direncanakan antara { $first } dan { $last }. Perbaiki waktunya.
activity-not-begun = Kegiatan ini baru dimulai pada { $starts }. Lakukan sejak saat itu.
activity-not-planned = Ini hanya dapat dilakukan selama kegiatan masih direncanakan; statusnya "{ $status }".
activity-not-held = Ini hanya dapat dilakukan setelah kegiatan terlaksana dan sebelum laporannya lengkap; statusnya "{ $status }".
activity-not-reported = Hanya laporan yang sudah lengkap yang dapat dibuka kembali; status kegiatan ini "{ $status }".
activity-credited = Kegiatan ini sudah diperhitungkan sebagai kredit anggota sehingga tetap seperti yang dilaporkan.
activity-has-attendance = Sudah ada yang tercatat hadir pada waktu ini sehingga waktunya tidak dapat diubah. Batalkan kegiatan ini dan rencanakan yang baru, atau hapus dahulu presensinya.
activity-without-attendance = Belum ada yang tercatat hadir. Catat presensinya lebih dahulu.

# Presensi kegiatan.
activity-takes-no-attendance = Presensi dicatat sampai laporannya lengkap; status kegiatan ini "{ $status }". Bila sudah dilaporkan, minta pengurus membuka kembali laporannya.
activity-attendance-empty = Daftarnya kosong. Sebutkan paling sedikit satu orang.
activity-attendance-too-long = Daftarnya lebih dari { $max } baris. Bagi menjadi beberapa daftar.
person-listed-twice = Orang ini tercantum dua kali. Sisakan satu baris.
person-not-member = Orang ini bukan anggota aktif komunitas ini. Terima dahulu sebagai anggota.
check-in-code-wrong = Kode ini bukan kode kegiatan ini. Pindai atau ketik ulang kode yang ditampilkan di ruangan.
check-in-too-late = Kode diterima sampai { $until }. Minta pengurus mencatat kehadiran Anda.
confirmation-too-late = Kehadiran dapat dinyatakan sendiri sampai { $until }. Minta pengurus mencatat kehadiran Anda.

# Biaya.
activity-cost-out-of-range = Biaya antara { $min } dan { $max } rupiah, tanpa desimal.
activity-costs-too-many = Satu kegiatan memuat paling banyak { $max } biaya. Gabungkan beberapa di antaranya.
savings-period-reversed = Akhir rentang harus setelah awalnya.
savings-period-too-long = Rentang paling lama { $years } tahun. Minta beberapa kali.
savings-rule = { $hours } jam-orang dari kegiatan yang dilaporkan, dikalikan biaya satu jam-orang pada pelatihan langsung ({ $rate } rupiah, dibulatkan ke bawah), dikurangi biaya kegiatan yang tercatat. Penghematan dihitung dari menit dan dibulatkan ke bawah sampai rupiah penuh.
savings-incomparable = Tidak ada pelatihan langsung yang selesai dalam tiga tahun terakhir untuk dibandingkan.

action-activity-read = melihat kegiatan komunitas
action-activity-create = merencanakan kegiatan
action-activity-update = mengubah kegiatan
action-activity-cancel = membatalkan kegiatan
action-activity-hold = mencatat kegiatan terlaksana
action-activity-report = melaporkan kegiatan
action-activity-reopen = membuka kembali laporan kegiatan
action-activity-check-in-code = menampilkan kode presensi
action-activity-check-in = melakukan presensi dengan kode
action-activity-confirm = menyatakan kehadiran sendiri
action-activity-attendance-read = melihat presensi kegiatan
action-activity-attendance-record = mencatat presensi kegiatan
action-activity-cost-create = mencatat biaya kegiatan
action-activity-cost-delete = menghapus biaya kegiatan

status-activity-planned = direncanakan
status-activity-cancelled = dibatalkan
status-activity-held = terlaksana
status-activity-reported = dilaporkan
status-activity-credited = diperhitungkan sebagai kredit
attendance-elsewhere = Bertumpang tindih dengan kegiatan lain yang dihadiri orang ini: tidak ada yang berada di dua tempat sekaligus.
activity-not-over = Kegiatan belum selesai; selesainya { $ends }.

# Batas yang dipelajari.
activity-before-community = Komunitas ini dibentuk pada { $founded }. Kegiatannya berlangsung pada hari itu atau sesudahnya.
activity-double-booked = Komunitas ini sudah berkegiatan pada waktu tersebut: "{ $title }". Pilih waktu lain, atau batalkan dahulu kegiatan itu.
person-not-member-then = Pada hari kegiatan, orang ini bukan anggota komunitas.
attendance-removed = Pengurus menghapus nama Anda dari daftar hadir kegiatan ini. Bila Anda hadir, mintalah pengurus mencatatnya.

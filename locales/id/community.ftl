noun-community = komunitas
noun-membership = keanggotaan
noun-office = jabatan
noun-partner = mitra

# Komunitas.
plc-without-school = Komunitas belajar (PLC) adalah milik satu sekolah. Pilih "school" dan sebutkan sekolahnya.
chair-not-principal = Kelompok kepala sekolah (KKKS, MKKS) diketuai oleh kepala sekolah.
community-without-chair = Komunitas belum punya ketua. Tunjuk ketua lebih dulu.
community-too-small = Anggota aktif baru { $members } orang; untuk mulai perlu paling sedikit { $least } orang.
field-of-another-anchor = Isian ini bukan untuk komunitas yang berinduk seperti ini. Kosongkan.
cluster-without-region = Sekolah-sekolah ini tidak berada dalam satu provinsi. Periksa daftarnya.
cluster-size-out-of-range = Satu gugus terdiri atas { $min } sampai { $max } sekolah.
school-listed-twice = Sekolah ini tercantum dua kali. Sebutkan sekali saja.
core-school-missing = Sekolah inti harus termasuk sekolah gugusnya.
school-outside-region = Ada sekolah yang berada di luar wilayah komunitas.
founder-elsewhere = Anda hanya dapat mendirikan komunitas di sekolah, gugus, atau wilayah Anda sendiri.
community-closed = Komunitas ini sudah ditutup.
community-reports-due = { $count } kegiatan sudah berlangsung tetapi belum dilaporkan. Laporkan dahulu, atau batalkan yang ternyata tidak terjadi.
community-not-forming = Hanya komunitas yang sedang dibentuk atau vakum yang dapat diaktifkan; statusnya "{ $status }".
community-not-active = Ini hanya berlaku untuk komunitas yang aktif; statusnya "{ $status }".
community-not-quiet = Komunitas ini belum vakum: kegiatan terakhir tercatat { $quietSince }, batasnya { $dueAt }.
cadence-out-of-range = Jarak antarpertemuan { $min } sampai { $max } hari.

# Keanggotaan.
community-by-invitation = Komunitas ini hanya menerima anggota melalui undangan pengurus.
membership-not-requested = Ini hanya berlaku untuk permintaan bergabung yang belum dijawab; statusnya "{ $status }".
membership-not-invited = Ini hanya berlaku untuk undangan yang belum dijawab; statusnya "{ $status }".
membership-not-active = Keanggotaan ini tidak dapat diakhiri dengan cara ini; statusnya "{ $status }".
membership-exists = Sudah ada keanggotaan orang ini di komunitas ini; statusnya "{ $status }".

# Jabatan.
office-for-members = Jabatan ini hanya untuk anggota aktif.
office-without-scope = Hanya pemandu mata pelajaran dan koordinator kelas yang punya lingkup. Kosongkan.
office-term-reversed = Hari terakhir masa jabatan harus sesudah hari pertamanya.
offices-too-many = Satu komunitas paling banyak punya { $max } jabatan pada satu waktu.
office-held-already = Orang ini sudah memegang jabatan itu.
office-ended = Jabatan ini sudah berakhir.
chair-not-passed-on = Ketua tidak dapat pergi tanpa pengganti. Tunjuk ketua baru lebih dulu.

# Mitra.
partner-value-out-of-range = Nilai dukungan { $min } sampai { $max } rupiah, tanpa desimal.
partner-days-reversed = Hari terakhir mendahului hari pertama. Perbaiki kedua tanggalnya.
partners-too-many = Satu komunitas paling banyak punya { $max } mitra.

# Apa yang dapat diminta.
action-community-read = melihat komunitas
action-community-create = mendirikan komunitas
action-community-update = mengubah data komunitas
action-community-activate = mengaktifkan komunitas
action-community-rest = mencatat bahwa komunitas vakum
action-community-close = menutup komunitas
action-membership-read = melihat keanggotaan
action-membership-request = meminta bergabung dengan komunitas
action-membership-invite = mengundang ke komunitas
action-membership-admit = menerima anggota
action-membership-refuse = menolak permintaan bergabung
action-membership-accept = menerima undangan komunitas
action-membership-decline = menolak undangan komunitas
action-membership-leave = keluar dari komunitas
action-membership-remove = mengeluarkan anggota
action-office-appoint = memberi jabatan di komunitas
action-office-end = mengakhiri jabatan di komunitas
action-partner-create = mencatat mitra komunitas
action-partner-update = mengubah data mitra komunitas
action-partner-delete = menghapus mitra komunitas

# Keadaan.
status-community-forming = sedang dibentuk
status-community-active = aktif
status-community-dormant = vakum
status-community-closed = ditutup
status-membership-requested = diminta
status-membership-invited = diundang
status-membership-active = anggota aktif
status-membership-refused = ditolak
status-membership-withdrawn = ditarik kembali
status-membership-declined = undangan ditolak
status-membership-left = keluar
status-membership-removed = dikeluarkan

noun-observation = observasi sejawat
noun-observation-instrument = instrumen observasi

# Instrumen.
instrument-code-malformed = Kode terdiri atas 1 sampai 20 huruf, angka, dan tanda hubung, seperti BERTANYA.
instrument-code-taken = Kode ini sudah dipakai. Pilih kode lain, atau tulis edisi barunya.
instrument-code-differs = Edisi baru memakai kode edisi sebelumnya. Kosongkan isian ini.
instrument-of-other-owner = Edisi baru dimiliki oleh pemilik edisi sebelumnya. Kosongkan isian ini.
instrument-superseded = Edisi ini sudah memiliki penerus. Sebutkan edisi terakhir.
instrument-not-draft = Ini hanya dapat dilakukan selama instrumen masih draf; statusnya "{ $status }". Tulis edisi baru.
instrument-retired = Instrumen ini sudah tidak dipakai lagi.
instrument-not-published = Pilih instrumen yang sudah terbit; yang ini "{ $status }".
criteria-out-of-range = Instrumen memuat { $min } sampai { $max } hal yang diamati.
criterion-listed-twice = Kode ini sudah dipakai hal lain dalam instrumen yang sama.
levels-out-of-range = Setiap hal yang diamati memiliki { $min } sampai { $max } tingkat.

# Observasi.
child-identity-suspected = Tulisan ini memuat sesuatu yang tampak seperti nomor murid, nomor induk kependudukan, nomor telepon, atau alamat surel. Hapus bagian itu: identitas anak tidak disimpan di sini.
observation-of-oneself = Pengamat dan guru yang diamati adalah dua orang yang berbeda.
observation-of-others = Anda hanya dapat mengusulkan observasi yang Anda ikuti sendiri, sebagai pengamat atau sebagai guru yang diamati.
colleague-not-a-member = Orang ini bukan anggota aktif komunitas ini.
activity-not-peer-observation = Kegiatan ini bukan observasi sejawat. Pilih kegiatan lain atau kosongkan.
observation-already-agreed = Rencana ini sudah disetujui.
observation-own-proposal = Usulan Anda sendiri disetujui oleh rekan Anda.
observation-not-agreed = Rekan Anda belum menyetujui rencana ini.
observation-not-planned = Ini hanya dapat dilakukan selama observasi masih direncanakan; statusnya "{ $status }".
observation-not-recordable = Hasil pengamatan tidak dapat dicatat lagi; status observasi "{ $status }".
observation-takes-no-feedback = Umpan balik diberikan setelah pengamatan dicatat dan sebelum guru menulis refleksi; status observasi "{ $status }".
observation-takes-no-reflection = Refleksi ditulis setelah umpan balik diberikan dan sebelum observasi ditutup; statusnya "{ $status }".
observation-not-reflected = Observasi ditutup setelah guru yang diamati menulis refleksi; statusnya "{ $status }".
observation-not-shareable = Observasi dapat dibagikan setelah umpan balik diberikan; statusnya "{ $status }".
observer-only = Ini dilakukan oleh pengamat.
observed-only = Ini dilakukan oleh guru yang diamati.
lesson-to-come = Pelajarannya baru dimulai pada { $starts }. Catat sejak saat itu.
ratings-without-instrument = Tanpa instrumen tidak ada tingkat yang dipilih. Tulis yang terlihat saja.
ratings-too-many = Instrumen ini memuat { $max } hal yang diamati.
criterion-rated-twice = Hal ini sudah diberi tingkat. Sisakan satu.
criterion-unknown = Hal ini tidak ada dalam instrumen yang disepakati.
level-unknown = Tingkat ini tidak ada dalam instrumen yang disepakati.
reflection-of-other = Hanya penulis refleksi yang dapat membagikannya.
reflection-missing = Belum ada refleksi untuk dibagikan.

# Kata.
action-observation-instrument-read = melihat instrumen observasi
action-observation-instrument-create = menulis instrumen observasi
action-observation-instrument-update = mengubah instrumen observasi
action-observation-instrument-publish = menerbitkan instrumen observasi
action-observation-instrument-retire = menarik instrumen observasi
action-observation-read = melihat observasi sejawat
action-observation-plan = mengusulkan observasi sejawat
action-observation-accept = menyetujui observasi sejawat
action-observation-update = mengubah rencana observasi sejawat
action-observation-cancel = membatalkan observasi sejawat
action-observation-record = mencatat hasil observasi sejawat
action-observation-give-feedback = memberi umpan balik observasi sejawat
action-observation-reflect = menulis refleksi observasi sejawat
action-observation-close = menutup observasi sejawat
action-observation-share = membagikan observasi sejawat
action-observation-unshare = berhenti membagikan observasi sejawat
status-instrument-draft = draf
status-instrument-published = terbit
status-instrument-retired = tidak dipakai lagi
status-observation-planned = direncanakan
status-observation-observed = sudah diamati
status-observation-feedback-given = umpan balik diberikan
status-observation-reflected = sudah direfleksikan
status-observation-closed = ditutup
status-observation-cancelled = dibatalkan

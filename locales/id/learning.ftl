noun-learning-plan = rencana belajar
noun-learning-goal = tujuan belajar
noun-learning-evidence = bukti belajar
noun-self-assessment = penilaian diri
noun-learning-reflection = refleksi

# Rencana, tujuan, dan bukti.
learning-plan-exists = Anda sudah memiliki rencana untuk masa ini. Lanjutkan rencana itu.
learning-too-many = Paling banyak { $max }. Rapikan yang sudah ada lebih dahulu.
goal-not-open = Ini hanya dapat dilakukan selama tujuan masih terbuka; statusnya "{ $status }".
competency-unknown = Kode kompetensi ini tidak dikenal. Lihat model kompetensi.
competency-level-unknown = Jenjang kompetensi ini tidak ada. Lihat model kompetensi.
evidence-names-one = Sebutkan tepat satu: sertifikat, kegiatan, artefak, atau alamat web.
evidence-not-yours = Ini bukan milik Anda atau tidak ada di rencana ini.
assessment-unknown = Penilaian diri itu tidak ada di rencana ini.
assessment-corrected = Penilaian diri itu sudah diperbaiki. Perbaiki yang terbaru.
assessment-of-other-competency = Penilaian diri itu untuk kompetensi lain.

# Berbagi.
audience-names-one = Sebutkan tepat satu: komunitas atau orang.
community-not-yours = Anda bukan anggota aktif komunitas ini.
shared-with-oneself = Ini sudah milik Anda sendiri.
person-unknown = Orang ini tidak ditemukan.

# Saran.
suggested-goal-competency = Mendukung tujuan Anda pada { $competency }.
suggested-low-competency = Mendukung { $competency }, yang menurut Anda masih perlu dikuatkan.
suggested-batch-near = Ada angkatan di provinsi Anda yang sedang menerima pendaftaran.
suggested-near-school = Terbuka bagi guru di sekolah Anda.
suggested-same-subject = Membahas mata pelajaran yang Anda ajarkan.
suggested-same-level = Untuk jenjang sekolah Anda.

# Kata.
action-learning-plan-read = melihat rencana belajar
action-learning-plan-create = memulai rencana belajar
action-learning-goal-read = melihat tujuan belajar
action-learning-goal-create = menetapkan tujuan belajar
action-learning-goal-update = mengubah tujuan belajar
action-learning-goal-settle = menyatakan status tujuan belajar
action-learning-goal-share = membagikan tujuan belajar
action-learning-goal-unshare = berhenti membagikan tujuan belajar
action-learning-evidence-add = menambahkan bukti belajar
action-learning-evidence-remove = mengambil kembali bukti belajar
action-self-assessment-read = melihat penilaian diri
action-self-assessment-record = mencatat penilaian diri
action-learning-reflection-read = melihat refleksi
action-learning-reflection-write = menulis refleksi
action-learning-reflection-update = mengubah refleksi
action-learning-reflection-share = membagikan refleksi
action-learning-reflection-unshare = berhenti membagikan refleksi
action-learning-suggestions-read = melihat saran belajar
status-goal-open = terbuka
status-goal-reached = tercapai
status-goal-dropped = tidak dilanjutkan

noun-comment = komentar
noun-proposal = usulan
noun-appeal = keberatan
noun-report = laporan

# Diskusi.
comment-subject-ambiguous = Satu komentar membahas satu hal. Sebutkan satu saja, atau kosongkan untuk komunitasnya sendiri.
comment-parent-is-reply = Komentar ini sendiri sebuah balasan. Balaslah komentar yang memulai percakapan.
mentions-too-many = Satu komentar menyapa paling banyak { $max } orang.
comment-not-visible = Ini hanya dapat dilakukan pada komentar yang dapat dibaca; statusnya "{ $status }".
comment-own-restore = Komentar sendiri yang disembunyikan hanya dapat ditampilkan lagi oleh orang lain.
comment-not-hidden = Komentar ini tidak disembunyikan; statusnya "{ $status }".
comment-withdrawn = Komentar ini sudah ditarik kembali.

# Usulan.
proposal-not-open = Ini hanya dapat dilakukan selama usulan masih terbuka; statusnya "{ $status }".
proposal-not-voting = Ini hanya dapat dilakukan selama pemungutan suara berlangsung; status usulan "{ $status }".
proposal-removed = Usulan ini sudah dihapus oleh moderator.
proposal-outcome-binds = Pemungutan suara sudah ditutup dan suara yang masuk cukup: hasilnya mengikat. Catatlah keputusannya.
proposal-not-anonymous = Usulan ini tidak anonim: nama pengusulnya tercantum.
proposal-seal-lost = Kunci penyegel nama penulis ini sudah tidak ada. Namanya tidak dapat diketahui lagi oleh siapa pun.
voting-for-earlier-members = Pemungutan suara ini untuk mereka yang sudah menjadi anggota ketika dibuka.
voting-closed = Pemungutan suara sudah ditutup.
voting-still-open = Pemungutan suara belum ditutup. Catatlah keputusan sesudahnya.
voting-period-out-of-range = Pemungutan suara dibuka paling sedikit { $hours } jam dan paling lama { $days } hari.
quorum-out-of-range = Mintalah { $min } sampai { $max } dari seratus anggota.

# Moderasi.
comment-hidden-by-moderator = Komentar ini disembunyikan moderator wilayah, atau moderator menegaskan bahwa tetap disembunyikan. Hanya moderator yang dapat menampilkannya lagi.
proposal-not-removed = Ini hanya dapat dilakukan pada usulan yang sudah dihapus; statusnya "{ $status }".
appeal-too-late = Keberatan diajukan paling lambat { $days } hari sesudahnya.
appeal-exists = Keberatan atas hal ini sudah pernah diajukan. Keputusannya tetap.
appeal-own-decision = Moderator lain yang memutuskan: Andalah yang melakukan hal yang dipersoalkan, atau ini milik Anda sendiri.
appeal-not-open = Keberatan ini sudah diputuskan atau gugur; statusnya "{ $status }".
report-own = Milik sendiri tidak dapat dilaporkan dan tidak dapat dinilai sendiri.
report-not-open = Laporan ini sudah selesai atau ditolak; statusnya "{ $status }".
reports-too-many = Ada { $max } laporan Anda yang masih terbuka di komunitas ini. Tunggulah sampai sebagian diperiksa.

# Kata.
action-comment-read = melihat diskusi
action-comment-create = berkomentar
action-comment-update = mengubah komentar
action-comment-withdraw = menarik komentar kembali
action-comment-react = menanggapi komentar
action-comment-hide = menyembunyikan komentar
action-comment-restore = menampilkan kembali komentar yang disembunyikan
action-comment-history = melihat riwayat moderasi komentar
action-comment-appeal = mengajukan keberatan atas komentar yang disembunyikan
action-comment-report = melaporkan komentar
action-proposal-read = melihat usulan
action-proposal-create = mengusulkan
action-proposal-withdraw = menarik usulan kembali
action-proposal-open-voting = membuka pemungutan suara
action-proposal-reopen = menghentikan pemungutan suara
action-proposal-vote = memberikan suara
action-proposal-decide = mencatat keputusan
action-proposal-remove = menghapus usulan
action-proposal-unseal = mengetahui penulis usulan anonim
action-proposal-history = melihat riwayat moderasi usulan
action-proposal-appeal = mengajukan keberatan atas usulan yang dihapus
action-proposal-report = melaporkan usulan
action-appeal-read = melihat keberatan
action-appeal-decide = memutuskan keberatan
action-report-read = melihat laporan
action-report-dismiss = menolak laporan

noun-article = artikel
noun-coaching = pendampingan

# Rincian kegiatan.
activity-takes-no-detail = Rincian kegiatan jenis ini terkumpul dari tempat lain dan tidak diisi di sini.
activity-detail-closed = Rincian hanya dapat diubah sampai kegiatan dilaporkan; statusnya "{ $status }". Buka kembali laporannya lebih dahulu.
activity-has-detail = Kegiatan ini sudah memiliki rincian sesuai jenisnya, sehingga jenisnya tidak dapat diganti.
detail-of-other-kind = Rincian ini bukan untuk kegiatan jenis ini. Kosongkan, dan isi rincian yang sesuai.
detail-missing = Isi rincian yang sesuai dengan jenis kegiatan ini.
agenda-out-of-range = Agenda terdiri atas { $min } sampai { $max } pokok bahasan.
presenters-out-of-range = Sebutkan { $min } sampai { $max } anggota yang bercerita.
presenter-listed-twice = Anggota ini sudah disebut. Cukup satu kali.
pupils-out-of-range = Jumlah murid yang memimpin antara { $min } dan { $max }.

# Artikel.
activity-not-article-sharing = Kegiatan ini bukan berbagi artikel. Pilih kegiatan lain.
article-without-address = Sebutkan alamat web atau DOI artikel ini.
article-not-yours = Artikel ini hanya dapat diambil kembali oleh yang membagikannya atau oleh pengurus.
articles-too-many = Satu kegiatan memuat paling banyak { $max } artikel.
url-not-https = Alamat ini harus diawali https://.
doi-malformed = DOI ini tidak sah. Bentuknya seperti 10.1234/contoh.
pins-full = Paling banyak { $max } artikel disematkan. Lepaskan satu lebih dahulu.

# Pendampingan.
activity-not-coaching = Kegiatan ini bukan pendampingan. Pilih kegiatan lain.
coaching-not-yours = Catatan pendampingan hanya milik dua orang yang menjalaninya.
coaching-of-oneself = Pendamping dan yang didampingi adalah dua orang yang berbeda.
coaching-pair-fixed = Pendamping dan yang didampingi sudah tercatat dan tidak dapat diganti.

# Kata.
action-activity-describe = mengisi rincian kegiatan
action-article-read = melihat artikel
action-article-share = membagikan artikel
action-article-remove = mengambil kembali artikel
action-article-pin = menyematkan artikel
action-article-unpin = melepas sematan artikel
action-article-mark = menandai artikel yang sudah dibaca
action-coaching-record = menulis catatan pendampingan
action-coaching-share = membagikan catatan pendampingan
action-coaching-unshare = berhenti membagikan catatan pendampingan

# Batas, dan dokumen aplikasi yang terkunci pada dokumen terdaftar.
noun-client-document = dokumen terdaftar
noun-registered-app = aplikasi
action-client-document-read = melihat dokumen yang didaftarkan untuk aplikasi
action-client-document-register = mendaftarkan dokumen untuk aplikasi
action-client-document-delete = menghapus dokumen yang didaftarkan untuk aplikasi
client-document-registered = Aplikasi ini sudah punya dokumen yang sama persis.
client-documents-too-many = Satu aplikasi paling banyak punya { $max } dokumen terdaftar. Hapus yang tidak dikirim lagi.
persisted-query-only = Aplikasi ini hanya mengirim dokumen terdaftar, dan dokumen ini tidak terdaftar.
answer-too-large = Jawabannya akan lebih besar dari { $limit } bita. Minta lebih sedikit baris (first) atau lebih sedikit kolom.
address-too-long = Alamat beserta parameternya terlalu panjang. Kirim isi yang panjang lewat badan permintaan.
headers-too-large = Header permintaan terlalu banyak atau terlalu besar.

# Baris teks dan daftar tertutup, di mana pun.
unknown-value = Nilai ini tidak dikenal di sini. Gunakan salah satu dari: { $allowed }.
text-missing = Bagian ini kosong. Silakan diisi.
text-has-control-characters = Ada ganti baris, tab, atau karakter kendali di dalamnya. Tulis dalam satu baris.
text-has-direction-controls = Ada karakter tersembunyi yang membalik arah baca. Ketik ulang, jangan ditempel.
text-has-invisible-characters = Ada karakter yang tidak terlihat. Ketik ulang, jangan ditempel.
reason-missing = Sebutkan alasannya: langkah ini memerlukan alasan.

# Orang.
name-without-letters = Nama harus berhuruf. Tulis nama lengkap sesuai kartu identitas.
name-mixes-scripts = Nama ini mencampur huruf dari aksara yang mirip (misalnya Latin dan Kiril). Periksa apakah ejaannya sesuai dengan yang bersangkutan.
number-mangled-by-spreadsheet = Aplikasi lembar kerja mengubah nomor ini menjadi desimal (seperti 4,73E+15) sehingga digitnya hilang. Jadikan kolomnya teks di sumber, lalu ekspor ulang.
number-lost-leading-zeros = Nomor ini { $found } digit, seharusnya { $expected }: angka nol di depan mungkin hilang di lembar kerja. Jadikan kolomnya teks di sumber, lalu ekspor ulang.
nuptk-malformed = NUPTK harus tepat 16 digit. Cocokkan dengan sumbernya.
nip-malformed = NIP harus tepat 18 digit. Cocokkan dengan SK pengangkatan.
nip-birth-date-odd = Delapan digit pertama NIP ini bukan tanggal lahir. NIP tetap disimpan; mohon diperiksa.
nip-birth-date-differs = Tanggal lahir dalam NIP berbeda dengan tanggal lahir orangnya. Periksa keduanya.
nip-appointment-odd = Bulan pengangkatan dalam NIP ini bukan bulan. NIP tetap disimpan; mohon diperiksa.
nip-sex-odd = Digit jenis kelamin dalam NIP ini bukan 1 atau 2. NIP tetap disimpan; mohon diperiksa.
nip-sex-differs = Jenis kelamin dalam NIP berbeda dengan data orangnya. Periksa keduanya.
phone-malformed = Ini bukan nomor telepon. Tulis seperti 0812 3456 7890 atau +62 812 3456 7890.
email-malformed = Ini bukan alamat surel. Tulis seperti nama@contoh.id.
person-merged = Data ini sudah digabung ke { $into }. Gunakan data tersebut.
person-merged-with-itself = Data tidak dapat digabung dengan dirinya sendiri. Sebutkan dua data yang berbeda.
person-merge-cycle = Data ini sudah digabung ke arah sebaliknya: { $id } akan kembali ke dirinya sendiri. Gabungkan ke data yang masih dipakai.

# Satuan pendidikan.
npsn-malformed = NPSN terdiri atas 8 digit, atau 8 huruf dan digit selama masih sementara. Cocokkan dengan data referensi.
npsn-provisional = { $npsn } adalah NPSN sementara. Ganti setelah sekolah mendapat nomor tetap.
npsn-has-letters = { $npsn } memuat huruf tetapi tidak berbentuk NP dan enam digit. Mohon diperiksa.
school-level-unknown = "{ $value }" bukan bentuk satuan pendidikan. Gunakan SD, SMP, SMA, SMK, SLB, atau yang lain dalam panduan.
school-ownership-unknown = "{ $value }" bukan status sekolah. Gunakan N (negeri) atau S (swasta).
address-missing = Tidak ada alamat yang dapat dipakai. Lengkapi bila sudah diketahui.
coordinates-missing = Koordinat tidak ada. Lengkapi bila sudah diketahui.
coordinates-malformed = Koordinat tidak terbaca sebagai derajat dan tidak disimpan. Tulis seperti -6.2088 dan 106.8456.
coordinates-zero = Bujurnya nol, di luar seluruh wilayah negara; koordinat tidak disimpan. Isi dengan yang benar.
coordinates-swapped = Lintang dan bujur tertukar; sudah dibalik. Perbaiki di sumbernya.
coordinates-outside-country = Koordinat berada di luar negara. Tetap disimpan; mohon diperiksa.

# Lembaga.
organisation-code-malformed = Kode lembaga terdiri atas 2 sampai 20 huruf, angka, dan tanda hubung, seperti BGTK-JABAR.

# Wilayah.
region-code-malformed = Kode wilayah berbentuk 32 (provinsi), 32.73 (kabupaten/kota), atau 32.73.01 (kecamatan).
region-validity-reversed = Hari terakhir mendahului hari pertama. Tukar atau perbaiki.
region-succeeds-itself = Wilayah tidak dapat menggantikan dirinya sendiri. Sebutkan wilayah lain.
region-successor-level = Wilayah digantikan oleh wilayah setingkat: kecamatan oleh kecamatan, kabupaten oleh kabupaten.
region-still-in-force = Wilayah ini masih berlaku. Isi hari terakhirnya sebelum menyebut penggantinya.
region-has-successor = { $successor } sudah disebut sebagai penggantinya. Perbaiki itu lebih dahulu.
region-successor-cycle = Rangkaian pengganti kembali ke { $code }. Sebutkan wilayah yang masih berlaku.
region-not-in-force = Wilayah { $code } tidak berlaku pada hari itu. Penggantinya: { $successor }. Gunakan wilayah yang berlaku.

# Narasumber.
competence-not-claimed = Hanya kompetensi yang diajukan yang dapat diverifikasi atau ditolak; yang ini berstatus "{ $status }".
competence-not-verified = Kompetensi untuk program ini belum terverifikasi (saat ini: { $status }). Mintakan verifikasi buktinya lebih dahulu.
competence-not-refused = Bukti baru hanya dapat diberikan setelah penolakan; yang ini berstatus "{ $status }".
competence-evidence-unchanged = Ini bukti yang sudah ditolak. Berikan bukti lain.


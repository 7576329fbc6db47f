# Siapa yang melihat data seseorang.
noun-data-access = akses data pribadi
action-data-access-read = melihat siapa yang mengakses data seseorang
data-access-period-reversed = Hari terakhir tidak boleh sebelum hari pertama.

# Tujuan data ditampilkan, seperti dibaca oleh pemilik data.
purpose-directory-read = Mencari orang di direktori
purpose-directory-write = Memutakhirkan direktori
purpose-contacts-read = Menghubungi Anda: nomor telepon, alamat surel
purpose-identifiers-read = Memastikan identitas Anda dengan nomor (NUPTK, NIP)
purpose-demographics-read = Jenis kelamin dan tanggal lahir
purpose-trainings-read = Melihat pelatihan, pendaftaran dan kehadiran
purpose-trainings-apply = Mendaftar ke pelatihan
purpose-trainings-manage = Menyelenggarakan pelatihan
purpose-certificates-read = Melihat sertifikat, atau mengambilnya ke sistem lain
purpose-certificates-issue = Menerbitkan dan mencabut sertifikat
purpose-communities-read = Membina komunitas dan anggotanya
purpose-communities-take-part = Ikut serta dalam komunitas
purpose-communities-manage = Mengatur ketentuan komunitas
purpose-observations-read = Melihat observasi sejawat dan pendampingan
purpose-observations-write = Menulis observasi sejawat dan pendampingan
purpose-learning-read = Melihat pembelajaran mandiri yang dibagikan
purpose-learning-write = Menulis pembelajaran mandiri
purpose-moderation = Memoderasi percakapan komunitas
purpose-imports = Memasukkan berkas ke direktori
purpose-access-read = Mengurus akun dan peran
purpose-access-manage = Mengubah akun dan peran
purpose-personal-data-read = Melihat data yang disimpan tentang Anda, atau siapa yang mengaksesnya
purpose-personal-data-manage = Permintaan atas data Anda sendiri
purpose-privacy-manage = Memutuskan perbaikan, penghapusan dan penanganan kebocoran data

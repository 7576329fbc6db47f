# Jawaban perintah dan bacaan direktori.
noun-region = wilayah
noun-school = sekolah
noun-organisation = lembaga
noun-person = orang
noun-resource-person = narasumber
noun-competence = kompetensi

# Lembaga.
organisation-code-taken = Lembaga lain sudah memakai kode ini.

# Sekolah.
teaching-days-missing = Sebutkan sedikitnya satu hari mengajar.
clock-time-malformed = Tulis jam seperti 07:30, dari 00:00 sampai 24:00.

# Orang.
person-already-known = { $id ->
    [none] Orang dengan { $number } ini sudah terdaftar, di luar jangkauan Anda. Mintalah kementerian memeriksanya.
   *[other] Orang dengan { $number } ini sudah terdaftar: { $id }. Pakai data itu, atau gabungkan keduanya.
}
region-follows-school = Orang yang bertugas di sekolah mengikuti wilayah sekolahnya; kosongkan isian ini.
birth-date-out-of-range = Ini bukan tanggal lahir orang dewasa yang bertugas di sekolah.
person-merge-enrolled-twice = Kedua data sama-sama terdaftar di { $batches }. Tarik dulu salah satu pendaftarannya.
person-merge-nik-differs = NIK kedua data ini berbeda, jadi keduanya dua orang. Bila salah satu keliru, betulkan dulu.

# Narasumber.
resource-person-already-known = Orang ini sudah menjadi narasumber: { $id }.
url-malformed = Tulis alamat lengkapnya, diawali https:// atau http://.
own-competence = Tidak seorang pun memutuskan bukti kompetensinya sendiri. Mintalah rekan Anda.

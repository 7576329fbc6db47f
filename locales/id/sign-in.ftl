# Halaman untuk masuk dan mengurus akun.

page-skip = Langsung ke isi
page-brand-line = pengembangan profesional guru
page-language = Bahasa
page-footer = Sanggar tidak pernah menanyakan kata sandi Anda melalui telepon atau pesan.
page-signed-in-as = Anda masuk sebagai
page-sign-out = Keluar
page-trouble = Belum berhasil

sign-in-title = Masuk
sign-in-button = Masuk
sign-in-wrong = Nama masuk atau kata sandi tidak benar.
sign-in-wait = Terlalu banyak percobaan. Coba lagi dalam { $seconds } detik.
signed-in-title = Anda sudah masuk
signed-in-lead = Anda segera dibawa ke halaman berikutnya.
signed-out-title = Anda sudah keluar
signed-out-lead = Sesi di peramban ini telah berakhir.
form-stale-title = Formulir ini tidak berlaku lagi
form-stale-lead = Halaman terlalu lama terbuka, atau formulir tidak berasal dari halaman kami. Mulai lagi.

second-factor-title = Kode faktor kedua
second-factor-lead = Tulis kode dari aplikasi Anda, atau salah satu kode cadangan.
second-factor-button = Lanjutkan
second-factor-needed-title = Siapkan faktor kedua
second-factor-needed-lead = Peran Anda dapat menerbitkan atau mencabut sertifikat, jadi akun Anda memerlukan faktor kedua. Pindai gambar ini dengan aplikasi kode, atau tulis rahasianya, lalu masukkan kode yang ditampilkan.
second-factor-needed-button = Aktifkan
second-factor-password-title = Siapkan faktor kedua
second-factor-password-lead = Tulis kata sandi Anda dahulu.
second-factor-password-button = Lanjutkan
second-factor-new-title = Siapkan faktor kedua
second-factor-new-lead = Pindai gambar ini dengan aplikasi kode, atau tulis rahasianya, lalu masukkan kode yang ditampilkan.
second-factor-new-button = Aktifkan
paper-title = Simpan kode cadangan Anda
paper-lead = Masing-masing berlaku sekali bila ponsel Anda hilang. Kode ini hanya ditampilkan sekarang.
code-wrong = Kode tidak benar, atau sudah dipakai. Tunggu kode berikutnya.

invitation-title = Buat kata sandi
invitation-lead = Pilih kata sandi untuk akun Anda. Setelah itu masuklah dengan kata sandi tersebut.
invitation-button = Simpan kata sandi
reset-title = Buat kata sandi baru
reset-lead = Setelah disimpan, semua sesi yang terbuka berakhir.
reset-button = Simpan kata sandi
reset-ask-title = Lupa kata sandi
reset-ask-lead = Kami mengirim tautan ke alamat surel akun tersebut.
reset-ask-button = Kirim tautan
reset-asked-title = Periksa surel Anda
reset-asked-lead = Bila ada akun dengan nama masuk itu, tautan sudah dikirim. Tautan berlaku satu jam.
link-dead-title = Tautan tidak berlaku
link-dead-lead = Tautan sudah dipakai, terlalu lama, atau ada yang lebih baru.

account-title = Akun Anda
account-password-title = Ganti kata sandi
account-password-lead = Semua sesi lain berakhir, dan aplikasi harus meminta izin masuk lagi.
account-password-button = Ganti kata sandi
account-factor-on-title = Faktor kedua aktif
account-factor-on-lead = Untuk menghapusnya, tulis kata sandi Anda.
account-factor-on-button = Hapus faktor kedua
account-factor-off-title = Faktor kedua belum aktif
account-factor-off-lead = Dengan faktor kedua, kata sandi saja tidak cukup untuk masuk.
password-wrong = Kata sandi tidak benar.
password-is-set = Kata sandi tersimpan. Silakan masuk.
second-factor-needed = Peran Anda memerlukan faktor kedua.

field-login = Nama masuk
field-password = Kata sandi
field-password-old = Kata sandi sekarang
field-password-new = Kata sandi baru
field-password-new-hint = Paling sedikit 12 karakter. Beberapa kata yang tidak berhubungan mudah diingat dan sulit ditebak.
field-password-again = Kata sandi baru, sekali lagi
field-code = Kode
field-code-hint = Enam digit, atau kode cadangan.
field-code-first = Kode dari aplikasi
field-code-first-hint = Enam digit.

link-reset = Lupa kata sandi?
link-sign-in = Ke halaman masuk
link-onward = Lanjutkan
link-start-again = Mulai lagi
link-factor-new = Siapkan faktor kedua
link-apps = Aplikasi yang Anda izinkan

# Masuk dengan akun penyedia lain.

upstream-with = Masuk dengan { $provider }
upstream-back-to-sign-in = Kembali ke halaman masuk
upstream-request = Jika meminta bantuan, sebutkan permintaan ini: { $id }

upstream-away-title = { $provider } tidak dapat dihubungi
upstream-away-text = Masuk dengan { $provider } sedang tidak bisa. Coba lagi beberapa menit lagi, atau masuk di sini dengan kata sandi Anda.

upstream-denied-title = Anda belum masuk
upstream-denied-text = { $provider } tidak meluluskan, atau Anda memilih tidak menyetujui. Tidak ada yang berubah; Anda bisa mencoba lagi.

upstream-lost-title = Proses masuk ini sudah berakhir
upstream-lost-text = Lebih dari sepuluh menit, sudah dipakai, atau dimulai di peramban lain. Mulai lagi dari awal.

upstream-untrusted-title = { $provider } tidak dapat membuktikan siapa Anda
upstream-untrusted-text = Jawaban dari { $provider } tidak lolos pemeriksaan kami, jadi tidak ada yang masuk. Mulai lagi dari awal. Jika terulang, beri tahu pengelola layanan ini.

upstream-unverified-title = { $provider } kurang memberi keterangan tentang Anda
upstream-unverified-text = Kami mengenali orang dari sesuatu yang tidak diberitahukan atau belum diverifikasi oleh { $provider }, misalnya alamat surel Anda. Verifikasi dulu di sana, lalu mulai lagi.

upstream-outside-title = Bukan dengan akun ini
upstream-outside-text = Hanya akun dari organisasi tertentu di { $provider } yang boleh masuk di sini. Mungkin Anda memakai akun pribadi: pilih akun dari sekolah atau kantor Anda.

upstream-no-account-title = Anda belum punya akun di sini
upstream-no-account-text = { $provider } mengenali Anda, tetapi tidak ada akun di sini yang milik Anda, atau belum pasti yang mana. Akun diberikan lewat undangan: minta kepala sekolah, atau dinas pendidikan kabupaten/kota, mengundang Anda dengan alamat surel atau NUPTK yang dikenal { $provider }.

upstream-linked-otherwise-title = Akun Anda tertaut dengan akun lain
upstream-linked-otherwise-text = Akun Anda di sini tertaut dengan akun { $provider } yang lain. Masuklah dengan akun itu, atau dengan kata sandi. Jika akun itu sudah tidak ada, hubungi yang mengundang Anda.

upstream-blocked-title = Akun Anda diblokir
upstream-blocked-text = Saat ini Anda tidak bisa masuk. Hubungi yang memberi Anda akun: kepala sekolah, atau dinas pendidikan kabupaten/kota.

upstream-identities-title = Akun masuk yang tertaut
upstream-identities-none = Tidak ada akun lain yang tertaut dengan akun Anda.
upstream-identity-since = tertaut { $linked }, terakhir dipakai { $used }
link-sign-ins = Akun masuk yang tertaut
upstream-back-to-account = Kembali ke akun Anda
upstream-unlink = Lepas tautan
upstream-last-way-in = Ini satu-satunya cara Anda masuk: buat kata sandi dulu.

# Aplikasi yang bertindak untuk orang: halaman persetujuan, dan apa yang disetujui.

noun-app-authorization = izin aplikasi
action-app-authorization-read = melihat apa yang boleh dilakukan aplikasi untuk diri sendiri
action-app-authorization-withdraw = mencabut izin aplikasi untuk diri sendiri
app-authorization-withdrawn = Izin ini sudah dicabut.

token-bound = Token ini terikat pada sebuah kunci. Kirim sebagai Authorization: DPoP <token>, dengan bukti di header DPoP.
token-not-bound = Token ini tidak terikat pada kunci. Kirim sebagai Authorization: Bearer <token>.
token-bound-to-requests = Token yang terikat pada kunci tidak dapat membuka soket: ia harus dibuktikan pada setiap permintaan.
dpop-proof-missing = Token ini terikat pada sebuah kunci. Kirim tepat satu bukti di header DPoP.
dpop-proof-invalid = Bukti di header DPoP tidak berlaku: harus dari kunci token, untuk metode dan alamat ini, dengan hash token, dan paling lama satu menit.
dpop-proof-reused = Bukti ini sudah dipakai. Buat bukti baru untuk setiap permintaan.

consent-title = Bolehkah { $app } bertindak untuk Anda?
consent-lead = Halo { $name }. Aplikasi { $app } meminta izin bertindak untuk Anda di Sanggar. Anda yang memutuskan.
consent-policy = Apa yang dilakukan aplikasi dengan data
consent-may = Yang dapat dilakukan { $app }
consent-narrows = Aplikasi hanya dapat melakukannya sejauh Anda sendiri boleh.
consent-cannot = Yang tidak dapat dilakukannya
consent-cannot-password = Melihat atau mengganti kata sandi Anda.
consent-cannot-more = Melakukan hal lain di luar daftar di atas.
consent-cannot-keep = Tetap memakai izin ini setelah Anda mencabutnya.
consent-goes = Jawaban Anda dikirim ke { $to }. Jika Anda tidak baru saja datang dari { $app }, jangan setujui.
consent-goes-here = program di perangkat ini
consent-approve = Ya, boleh
consent-deny = Tidak
consent-back-title = Kembali ke { $app }
consent-back-link = Lanjut ke { $app }
consent-withdraw = Anda dapat mencabutnya kapan saja:
consent-dead-title = Tautan ini tidak dapat dipakai
consent-dead-client = Aplikasi yang mengirim Anda ke sini tidak kami kenal, atau belum disetujui.
consent-dead-redirect = Aplikasi yang mengirim Anda ke sini meminta kami menjawab ke alamat yang bukan miliknya. Demi keamanan Anda, tidak ada yang dikirim ke sana.
consent-dead-then = Kembalilah ke aplikasi dan coba lagi. Jika tetap begini, beri tahu pembuat aplikasi.

apps-title = Aplikasi yang bertindak untuk Anda
apps-lead = Anda menyetujui aplikasi ini bertindak untuk Anda. Cabut yang tidak lagi diperlukan: berlaku seketika, di semua perangkat Anda.
apps-none = Tidak ada aplikasi yang bertindak untuk Anda.
apps-since = Disetujui pada { $when }.
apps-used = Terakhir dipakai pada { $when }.
apps-withdraw = Cabut
apps-withdraw-of = Cabut izin { $app }


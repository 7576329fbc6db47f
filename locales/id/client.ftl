noun-oauth-client = aplikasi atau sistem
noun-oauth-client-secret = rahasia sistem

# Alamat kembali.
redirect-uri-malformed = Alamat ini tidak dapat dipakai: tulis alamat lengkap dalam bentuk bakunya, tanpa "#", tanpa nama pengguna, tanpa tanda "*", paling banyak 512 bita.
redirect-uri-not-allowed = Yang boleh: https dengan nama host, http di 127.0.0.1 atau [::1], atau skema milik aplikasi sendiri berupa domain terbalik (id.contoh.aplikasi:/callback).
redirect-uri-repeated = Alamat ini sudah ada di atas.
redirect-uris-too-many = Paling banyak { $max } alamat kembali.
redirect-uri-missing = Aplikasi yang meminta kode perlu sedikitnya satu alamat kembali.
redirect-uri-without-use = Tanpa authorization_code tidak ada kode yang dikirim; hapus alamat kembali ini.

# Cara dan cakupan.
grant-types-missing = Sebutkan sedikitnya satu jenis izin (grant type).
client-scopes-missing = Sebutkan sedikitnya satu cakupan.
refresh-without-code = refresh_token hanya menyertai authorization_code.
public-client-for-itself = Aplikasi publik tidak menyimpan rahasia, jadi tidak dapat bertindak untuk dirinya sendiri (client_credentials).
auth-method-not-of-kind = Aplikasi publik memakai none; sistem memakai client_secret_basic atau private_key_jwt.

# Kunci.
jwks-malformed = Ini bukan JWK Set (RFC 7517) dengan 1 sampai 10 kunci; bila ada beberapa, masing-masing memerlukan kid.
jwks-private = Di sini ada kunci pribadi. Anggap kunci itu bocor: buat yang baru, lalu kirim kunci publiknya saja.
jwks-key-not-supported = Kunci ini tidak didukung. Yang diterima: ES256 (P-256), EdDSA (Ed25519), RS256 atau PS256 (2048 sampai 4096 bit).
jwks-kid-repeated = Dua kunci memakai kid yang sama.
jwks-missing = private_key_jwt memerlukan kunci publik.
jwks-without-use = Hanya private_key_jwt yang memakai kunci; hapus kunci ini.

# Keadaan.
oauth-client-not-pending = Ini hanya dapat dilakukan selama masih menunggu keputusan.
oauth-client-not-approved = Ini hanya dapat dilakukan setelah disetujui.
oauth-client-not-suspended = Ini hanya dapat dilakukan selama ditangguhkan.
oauth-client-was-refused = Pendaftaran ini sudah ditolak; daftarkan yang baru.

# Rahasia.
oauth-client-has-no-secret = Hanya sistem dengan client_secret_basic yang mempunyai rahasia.
client-secrets-exhausted = Sudah ada { $max } rahasia yang berlaku. Cabut salah satunya dahulu.
client-secret-days-out-of-range = Rahasia berlaku 1 sampai { $max } hari.
client-secret-withdrawn = Rahasia ini sudah dicabut.

# Kata.
action-oauth-client-read = melihat aplikasi dan sistem
action-oauth-client-register = mendaftarkan aplikasi atau sistem
action-oauth-client-update = mengubah aplikasi atau sistem
action-oauth-client-approve = menyetujui aplikasi atau sistem
action-oauth-client-refuse = menolak aplikasi atau sistem
action-oauth-client-suspend = menangguhkan aplikasi atau sistem
action-oauth-client-resume = mengizinkan kembali aplikasi atau sistem
action-oauth-client-secret-create = membuat rahasia sistem
action-oauth-client-secret-withdraw = mencabut rahasia sistem

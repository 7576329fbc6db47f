unauthenticated = Sebutkan siapa Anda: kirim token di header Authorization.
forbidden = Peran Anda tidak mengizinkan { $action }.
insufficient-scope = Anda boleh melakukan ini, tetapi aplikasi yang Anda pakai belum boleh melakukannya untuk Anda: perlu izin { $scope }. Masuk lagi lewat aplikasi itu dan berikan izinnya.
too-many-requests = Terlalu banyak permintaan dalam waktu singkat. Tunggu { $seconds } detik, lalu coba lagi.
not-found = Tidak ada { $noun } dengan id ini, atau di luar jangkauan Anda.
invalid = { $count } isian belum benar; "errors" memuat semuanya.
stale-version = Data ini sudah diubah orang lain. Baca lagi, lalu ulangi perubahan Anda pada versi baru.
precondition-required = Kirim versi yang Anda baca lewat If-Match (GraphQL: version), agar perubahan orang lain tidak tertimpa.
too-large = Isi kiriman melebihi batas operasi ini ({ $limit } bita).
unsupported-media-type = Operasi ini tidak membaca isi dengan tipe media ini.
outcome-unknown = Basis data belum menjawab apakah perubahan Anda tersimpan: bisa jadi sudah. Kirim lagi dengan Idempotency-Key yang sama dan Anda akan tahu hasilnya; tanpa kunci, periksa datanya dulu.
unavailable = Layanan sedang sibuk. Tidak ada yang dikerjakan; coba lagi sebentar.
internal = Ada kesalahan di pihak kami. Tidak ada yang dikerjakan. Sebutkan request id kepada kami.
already-exists = Sudah ada data dengan nilai unik yang sama.
reference-missing = Sesuatu yang dirujuk tidak ada.
limit-exceeded = Sebuah batas akan terlampaui.
text-not-storable = Teks memuat karakter yang tidak dapat disimpan (U+0000).
limit-out-of-range = Mintalah 1 sampai { $max } baris.
page-two-directions = Pilih satu arah: first dengan after, atau last dengan before.
cursor-malformed = Kursor ini bukan dari kami. Mulai tanpa kursor, atau pakai persis seperti yang diberikan.
cursor-of-another-list = Kursor ini milik daftar lain.
idempotency-key-reused = Idempotency-Key ini sudah dipakai untuk permintaan lain. Pakai kunci baru untuk permintaan baru.
idempotency-in-progress = Permintaan yang sama masih berjalan. Tanyakan lagi sebentar dengan kunci yang sama.
idempotency-key-malformed = Idempotency-Key terdiri dari 1 sampai 255 karakter ASCII yang terlihat.
json-malformed = Isi kiriman bukan JSON yang benar: periksa baris { $line }, kolom { $column }.
field-unknown = Tidak ada isian ini di sini, atau peran Anda tidak boleh menulisnya.
field-missing = Isian ini wajib.
field-type = 
    { $expected ->
        [object] Isilah dengan objek JSON: sepasang kurung kurawal berisi nama dan nilai.
        [list] Isilah dengan daftar JSON di dalam kurung siku.
        [text] Isilah dengan teks di antara tanda kutip.
        [whole_number] Isilah dengan bilangan bulat, tanpa tanda kutip dan tanpa koma.
        [number] Isilah dengan angka, tanpa tanda kutip.
        [boolean] Isilah dengan true atau false, tanpa tanda kutip.
       *[other] Nilai ini tidak dapat dibaca. Bandingkan dengan contoh pada dokumen.
    }
parameter-malformed = Parameter tidak dapat dibaca. Bandingkan dengan dokumen API.
parameter-unknown = Tidak ada parameter ini di sini.
parameter-repeated = Parameter ini disebut dua kali. Sebutkan sekali saja.
id-malformed = Ini bukan id. Pakai id persis seperti yang diberikan.
instant-malformed = Tulis waktu sebagai RFC 3339 dengan zona, misalnya 2026-03-20T08:00:00+07:00.
date-malformed = Tulis tanggal sebagai TTTT-BB-HH, misalnya 2026-03-20.
text-empty = Isilah; tidak boleh kosong.
text-too-long = Paling banyak { $max } karakter.
number-out-of-range = Antara { $min } dan { $max }.
date-out-of-range = Isikan tanggal dari tahun { $first } sampai { $last }.
reference-unknown = Yang dirujuk tidak ada, atau di luar jangkauan Anda.
method-not-allowed = Alamat ini tidak menerima metode ini.
address-unknown = Tidak ada yang dilayani di alamat ini. Daftar alamat ada di /openapi.json.
noun-resource = data
body-incomplete = Isi permintaan terputus sebelum lengkap. Kirim ulang.
request-timeout = Kiriman terlalu lama ditunggu dan diputus. Tidak ada yang dikerjakan; kirim ulang.
etag-malformed = If-Match memuat ETag persis seperti yang diberikan, lengkap dengan tanda kutipnya: "v3".
global-id-malformed = Ini bukan id dari kami. Pakai id persis seperti yang diberikan.
id-of-another-kind = Ini ID dari { $given }, padahal di sini perlu ID dari { $wanted }.
request-malformed = Permintaan tidak dapat dibaca.

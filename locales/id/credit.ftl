# Kredit untuk kegiatan komunitas.
noun-credit-scheme = skema kredit

credit-code-malformed = Kode terdiri atas 2 sampai 20 huruf, angka, dan tanda hubung, misalnya PKB-KKG.
credit-code-twice = Kode ini sudah dipakai komponen lain. Beri setiap komponen kodenya sendiri.
credit-components-missing = Sebutkan apa yang harus dilakukan: paling sedikit satu komponen.
credit-components-too-many = Satu skema paling banyak memuat { $max } komponen. Gabungkan beberapa di antaranya.
credit-components-overlap = Satu kegiatan dapat terhitung di komponen ini dan di { $other }. Pilih jenis kegiatan yang berbeda, atau bedakan tatap muka dan daring.
credit-kinds-missing = Sebutkan paling sedikit satu jenis kegiatan yang dihitung.
credit-kind-twice = Satu jenis kegiatan disebut dua kali.
credit-jp-one-way = Isi JP untuk setiap kegiatan atau JP untuk semuanya, jangan keduanya.
credit-exceeds-program = Jumlah JP semua komponen { $total }, padahal programnya { $ceiling } JP. Kurangi, atau pilih program lain.
credit-too-much-to-weigh = Dengan batas JP per bulan, jumlah kegiatan yang diminta terlalu banyak. Kurangi, atau hapus batas bulanannya.
cycle-days-out-of-range = Satu siklus berlangsung { $min } sampai { $max } hari.
monthly-cap-out-of-range = Batas JP per bulan antara { $min } dan { $max }.
monthly-cap-below-activity = Satu kegiatan saja bernilai { $least } JP. Batas per bulan paling sedikit harus sebesar itu.
credit-scheme-code-taken = Program ini sudah memiliki skema dengan kode tersebut. Untuk menyusun edisi berikutnya, sebutkan edisi terakhir pada "supersedes".
credit-scheme-not-latest = Ini bukan edisi terakhir dari skema dengan kode dan program tersebut. Sebutkan edisi terakhirnya.
credit-scheme-draft-exists = Edisi terakhirnya masih berupa draf. Ubah draf itu, atau terbitkan dulu.
credit-scheme-not-draft = Hanya draf yang dapat diubah atau diterbitkan; yang ini "{ $status }". Susunlah edisi baru.
credit-scheme-not-published = Hanya skema yang sudah terbit yang dapat dihentikan; yang ini "{ $status }".
credit-effective-from-past = Edisi baru tidak mengubah aturan bagi mereka yang sudah memulai dengan edisi lama. Tetapkan mulai berlaku { $today } atau sesudahnya.
program-has-credit-schemes = Komunitas memperoleh JP untuk program ini, jadi kurikulumnya tetap. Arsipkan dan susun program baru.

credit-scheme-not-in-force = Tidak ada edisi { $code } yang berlaku pada { $day }. Pilih siklus yang dimulai saat skemanya berlaku.
credit-cycle-to-come = Siklus dimulai paling lambat { $today }.
credit-cycle-too-full = Komunitas ini memiliki lebih dari { $max } kegiatan dalam siklus ini. Mintalah bantuan pengelola registri.
credit-already-claimed = Siklus ini sudah memiliki sertifikat: nomor { $number }, id { $id }. Kegiatannya tidak dihitung lagi, juga setelah sertifikatnya dicabut.
credit-component-unmet = "{ $title }" memerlukan { $required } kegiatan; baru { $actual } yang terhitung. Rincian menjelaskan mengapa yang lain tidak terhitung.

verify-way-community = Kegiatan bersama rekan sejawat di komunitas; bukan pelatihan
verify-community = Komunitas

status-credit-scheme-draft = draf
status-credit-scheme-published = terbit
status-credit-scheme-retired = dihentikan

action-credit-scheme-read = melihat skema kredit
action-credit-scheme-create = menyusun skema kredit
action-credit-scheme-update = mengubah skema kredit
action-credit-scheme-publish = menerbitkan skema kredit
action-credit-scheme-retire = menghentikan skema kredit
action-credit-read = melihat kredit seseorang
action-credit-claim = mengajukan sertifikat untuk kegiatan komunitas

least-minutes-out-of-range = Lama minimal kegiatan antara { $min } dan { $max } menit.
community-kind-twice = Satu jenis komunitas disebut dua kali.
credit-scheme-for-others = Skema { $code } tidak berlaku untuk komunitas jenis ini. Carilah skema yang sesuai.

noun-sharing-consent = persetujuan berbagi
action-sharing-consent-read = melihat persetujuan berbagi
action-sharing-consent-give = memberi persetujuan berbagi
action-sharing-consent-withdraw = menarik persetujuan berbagi
action-restriction-read = melihat apakah penggunaan data dibatasi
action-restriction-set = membatasi penggunaan data
action-restriction-lift = mengakhiri pembatasan data

consent-text-outdated = Teks persetujuan ini sudah diperbarui; edisi yang berlaku adalah { $current }. Baca edisi itu, lalu setujui.
sharing-consent-in-force = Anda sudah memberi persetujuan ini. Tarik persetujuan itu bila ingin mengakhirinya.
sharing-consent-ended = Persetujuan ini sudah berakhir.
person-restricted = Penggunaan data orang ini sedang dibatasi. Sampai pembatasan diakhiri, hanya yang bersangkutan yang dapat memulai hal baru dengan data tersebut.
restriction-set-already = Penggunaan data ini sudah dibatasi.
restriction-not-set = Penggunaan data ini tidak sedang dibatasi.
restriction-of-person = Pembatasan ini diminta oleh yang bersangkutan. Hanya dia yang dapat mengakhirinya.
restriction-of-ministry = Pembatasan ini ditetapkan oleh kementerian. Hanya kementerian yang dapat mengakhirinya.

verify-privacy-whole = Nama lengkap ditampilkan atas persetujuan pemegang sertifikat. Nomor identitas tidak pernah ditampilkan.

# Yang disetujui orang. Kata-kata yang sudah pernah disetujui tidak diubah: tambahkan edisi baru.
consent-text-name-on-verification-1 = Saya setuju bahwa siapa pun yang memeriksa sertifikat saya dengan kode verifikasinya melihat nama lengkap saya seperti tertulis pada sertifikat, bukan hanya huruf-huruf awalnya. Persetujuan ini berlaku untuk semua sertifikat saya, baik pada halaman pemeriksaan maupun pada data yang dibaca oleh program. Ini pilihan bebas saya: tanpa persetujuan ini sertifikat saya tetap sama nilainya. Saya dapat menariknya kapan saja, tanpa alasan dan semudah memberikannya; sejak saat itu hanya huruf-huruf awal yang ditampilkan lagi. Salinan yang sudah telanjur dibuat orang lain tidak dapat ditarik kembali.

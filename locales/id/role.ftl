noun-role-grant = peran yang diberikan
action-role-grant-read = melihat peran yang diberikan
action-role-grant-give = memberi peran
action-role-grant-withdraw = mencabut peran

role-grant-expiry-past = Sebutkan waktu yang masih akan datang, atau kosongkan.
role-grant-holder-ambiguous = Sebutkan siapa yang memegang peran ini: satu akun, atau satu klien.
role-grant-teacher = Peran guru melekat pada akun seseorang; peran ini tidak diberikan.
role-grant-not-for-clients = Klien hanya dapat diberi peran ministry_system. Berikan peran lain kepada akun orang yang bertanggung jawab.
role-grant-outlives-giver = Peran Anda sendiri berakhir pada { $until }. Yang Anda berikan tidak boleh lebih lama.
role-grant-own = Tidak ada yang memberi peran kepada diri sendiri. Mintalah kepada orang lain yang berwenang.
role-grant-account-blocked = Akun ini tidak dapat dipakai. Peran tidak diberikan kepadanya.
role-grant-client-not-approved = Aplikasi ini belum disetujui. Peran tidak diberikan kepadanya.
role-grant-held = Pemegang sudah memiliki peran ini di sana. Cabut dahulu untuk memberikannya lagi.
role-grant-withdrawn = Peran ini sudah dicabut.
role-grant-expired = Peran ini sudah berakhir.

# Yang boleh dilakukan sebuah aplikasi, seperti dibaca oleh yang menyetujuinya.
scope-directory-read = Melihat data Anda di direktori, dan data lain yang boleh Anda lihat.
scope-directory-write = Mengubah data di direktori yang boleh Anda ubah.
scope-trainings-read = Melihat pelatihan, pendaftaran dan kehadiran Anda, serta yang boleh Anda lihat.
scope-trainings-apply = Mendaftarkan Anda ke pelatihan, dan membatalkannya.
scope-trainings-manage = Menyelenggarakan pelatihan yang menjadi wewenang Anda: program, angkatan, sesi, seleksi, kehadiran.
scope-certificates-read = Melihat sertifikat Anda, dan yang boleh Anda lihat.
scope-certificates-issue = Menerbitkan dan mencabut sertifikat atas nama Anda.
scope-communities-read = Melihat komunitas Anda dan kegiatannya.
scope-communities-take-part = Ikut serta dalam komunitas atas nama Anda: bergabung, bertemu, berkarya, berpendapat, memilih.
scope-communities-manage = Mengatur ketentuan komunitas yang menjadi wewenang Anda: kredit, instrumen, penghargaan.
scope-observations-read = Melihat observasi sejawat dan pendampingan Anda, yang biasanya hanya dilihat kalian berdua.
scope-observations-write = Merencanakan, menulis dan membagikan observasi sejawat dan pendampingan Anda.
scope-learning-read = Melihat pembelajaran Anda sendiri: rencana, tujuan, refleksi, penilaian diri.
scope-learning-write = Menulis pembelajaran Anda sendiri atas nama Anda.
scope-moderation = Memoderasi percakapan komunitas atas nama Anda.
scope-imports = Memasukkan berkas ke direktori atas nama Anda, dan membaca hasilnya.
scope-access-read = Melihat akun, peran, aplikasi dan jejak audit yang boleh Anda lihat.
scope-access-manage = Mengundang dan memblokir akun, memberi dan mencabut peran, serta memutuskan tentang aplikasi, atas nama Anda.

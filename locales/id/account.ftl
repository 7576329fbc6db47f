# Akun: siapa yang dapat masuk.

noun-account = akun
action-account-read = melihat akun
action-account-invite = mengundang seseorang
action-account-block = memblokir akun
action-account-unblock = membuka blokir akun
action-account-send-reset = mengirim tautan kata sandi
action-account-remove-second-factor = menghapus faktor kedua akun

login-malformed = Nama masuk terdiri atas 3 sampai 100 huruf, angka, dan tanda . _ - @ +.
email-not-the-persons = Direktori mencatat alamat lain untuk orang ini; undangan dikirim ke sana. Mintalah kementerian memperbaikinya dahulu.
login-taken = Nama masuk ini sudah dipakai.
person-has-account = Orang ini sudah mempunyai akun.
account-already-blocked = Akun ini sudah diblokir.
account-not-blocked = Akun ini tidak diblokir.
account-blocked = Akun ini diblokir; buka dahulu blokirnya.
account-without-email = Akun ini tidak mempunyai alamat surel.
account-without-second-factor = Akun ini tidak mempunyai faktor kedua.

password-too-short = Kata sandi paling sedikit { $min } karakter.
password-too-long = Kata sandi paling banyak { $max } bita.
password-too-easy = Kata sandi ini mudah ditebak atau pernah bocor. Beberapa kata yang tidak berhubungan lebih baik.
passwords-differ = Kedua kata sandi tidak sama.

mail-invitation-subject = Undangan ke Sanggar
mail-invitation-text =
    Yth. { $name },

    Anda diundang ke Sanggar, catatan pengembangan profesional guru. Nama masuk Anda: { $login }

    Buka tautan ini dalam tujuh hari untuk membuat kata sandi. Tautan hanya berlaku sekali:
    { $link }

    Bila Anda tidak mengenal Sanggar, abaikan surat ini.
mail-reset-subject = Kata sandi Sanggar Anda
mail-reset-text =
    Yth. { $name },

    Seseorang meminta tautan untuk membuat kata sandi baru. Nama masuk Anda: { $login }

    Buka tautan ini dalam satu jam. Tautan hanya berlaku sekali:
    { $link }

    Bila bukan Anda yang meminta, abaikan surat ini; kata sandi Anda tetap.

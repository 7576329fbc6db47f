# Halaman untuk masuk dan mengurus akun.

page-skip = Langsung ke isi
page-brand-line = pengembangan profesional guru
page-language = Bahasa
page-footer = Sanggar tidak pernah menanyakan kata sandi Anda melalui telepon atau pesan.
page-signed-in-as = Anda masuk sebagai
page-sign-out = Keluar
page-trouble = Belum berhasil

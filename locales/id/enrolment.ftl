# Pendaftaran, kursi, dan kehadiran.
noun-enrolment = pendaftaran
seats-exhausted = Semua kursi angkatan ini sudah terisi.

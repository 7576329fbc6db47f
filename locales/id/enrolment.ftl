# Pendaftaran, kursi, dan kehadiran.
noun-enrolment = pendaftaran
enrolment-without-seat = Angkatan ini sudah selesai tanpa kursi untuk Anda. Silakan mendaftar pada angkatan lain.
seats-exhausted = Semua kursi angkatan ini sudah terisi.

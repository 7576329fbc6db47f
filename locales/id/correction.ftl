noun-correction = permintaan perbaikan data
action-correction-read = melihat permintaan perbaikan data
action-correction-request = meminta perbaikan data
action-correction-accept = mengabulkan permintaan perbaikan data
action-correction-reject = menolak permintaan perbaikan data
action-correction-withdraw = membatalkan permintaan perbaikan data

correction-empty = Sebutkan apa yang harus diperbaiki: isian yang salah, atau penjelasan dengan kata-kata Anda.
corrections-too-many = Anda sudah memiliki { $most } permintaan yang belum dijawab. Tunggu jawabannya, atau batalkan salah satu.
correction-not-requested = Permintaan ini sudah tidak menunggu jawaban; statusnya "{ $status }".
correction-own = Permintaan Anda sendiri diputuskan oleh petugas lain.

# Invitations: what is said to who comes with one, and to who comes without where one is needed. No native speaker has checked them yet.

invite-accepted = Undanganmu diterima. Selamat datang!
invite-already = Kamu sudah masuk dengan undangan ini.
invite-spent = Undangan ini sudah habis dipakai. Mintalah yang baru kepada pemberinya.
invite-over = Undangan ini sudah tidak berlaku. Mintalah yang baru kepada pemberinya.
invite-unknown = Aku tidak mengenal undangan ini. Periksa apakah tautannya lengkap.
invite-too-often = Itu beberapa undangan yang tidak kukenal. Coba lagi satu jam lagi.
invite-needed = Untuk saat ini aku hanya mendampingi orang yang diundang. Kalau kamu punya tautan undangan, bukalah. Dalam keadaan darurat, hubungi nomor darurat di negaramu.

# Invitations: what is said to who comes with one, and to who comes without where one is needed. No native speaker has checked them yet.

invite-accepted = Davetin kabul edildi. Hoş geldin!
invite-already = Bu davetle zaten içeridesin.
invite-spent = Bu davet tümüyle kullanılmış. Lütfen sana veren kişiden yenisini iste.
invite-over = Bu davet artık geçerli değil. Lütfen sana veren kişiden yenisini iste.
invite-unknown = Bu daveti tanımıyorum. Lütfen bağlantının tamamına sahip olup olmadığına bak.
invite-too-often = Tanımadığım birkaç davet denedin. Lütfen bir saat sonra yeniden dene.
invite-needed = Şimdilik yalnızca davet edilenlere eşlik ediyorum. Davet bağlantın varsa lütfen onu aç. Acil durumda ülkenin acil yardım numarasını ara.

# Invitations: what is said to who comes with one, and to who comes without where one is needed. No native speaker has checked them yet.

invite-accepted = O seu convite foi aceito. Boas-vindas!
invite-already = Você já entrou com este convite.
invite-spent = Este convite já foi todo usado. Peça outro a quem o deu a você.
invite-over = Este convite não vale mais. Peça outro a quem o deu a você.
invite-unknown = Não conheço este convite. Verifique se você tem o link inteiro.
invite-too-often = Foram vários convites que não conheço. Tente de novo daqui a uma hora.
invite-needed = Por enquanto só acompanho pessoas convidadas. Se você tem um link de convite, abra-o. Em uma emergência, ligue para o número de emergência do seu país.

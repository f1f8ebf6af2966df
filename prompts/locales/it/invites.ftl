# Invitations: what is said to who comes with one, and to who comes without where one is needed. No native speaker has checked them yet.

invite-accepted = Il tuo invito è accettato. Ti do il benvenuto!
invite-already = Con questo invito sei già dentro.
invite-spent = Questo invito è esaurito. Chiedine uno nuovo a chi te l’ha dato.
invite-over = Questo invito non vale più. Chiedine uno nuovo a chi te l’ha dato.
invite-unknown = Non conosco questo invito. Controlla di avere il link intero.
invite-too-often = Erano diversi inviti che non conosco. Riprova tra un’ora.
invite-needed = Per ora seguo solo persone invitate. Se hai un link d’invito, aprilo. In caso di emergenza chiama il numero di emergenza del tuo paese.

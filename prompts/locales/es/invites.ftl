# Invitations: what is said to who comes with one, and to who comes without where one is needed. No native speaker has checked them yet.

invite-accepted = Tu invitación es válida. ¡Te doy la bienvenida!
invite-already = Ya has entrado con esta invitación.
invite-spent = Esta invitación ya se ha usado del todo. Pide otra a quien te la dio.
invite-over = Esta invitación ya no es válida. Pide otra a quien te la dio.
invite-unknown = No conozco esta invitación. Comprueba que tienes el enlace completo.
invite-too-often = Han sido varias invitaciones que no conozco. Inténtalo de nuevo dentro de una hora.
invite-needed = Por ahora solo acompaño a personas invitadas. Si tienes un enlace de invitación, ábrelo. En una emergencia, llama al número de emergencias de tu país.

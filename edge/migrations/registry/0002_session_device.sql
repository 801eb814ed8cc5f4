-- A session's record now says what it began on and with which passkey. Those from before end: everybody signs in again.
DELETE FROM session;

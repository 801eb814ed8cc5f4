-- The usual ledger in a database: balances kept beside an entry for each transfer.
CREATE TABLE account (
    id bigint PRIMARY KEY,
    balance bigint NOT NULL CHECK (balance >= 0)
);

CREATE TABLE entry (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    command uuid NOT NULL UNIQUE,
    debit bigint NOT NULL REFERENCES account,
    credit bigint NOT NULL REFERENCES account,
    amount bigint NOT NULL CHECK (amount > 0),
    at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE session (
    id text PRIMARY KEY,
    account bigint NOT NULL REFERENCES account,
    expires_at timestamptz NOT NULL
);

-- One transfer: both accounts locked in one order, a repeat answered with what it did, the entry's number or nothing.
CREATE FUNCTION pay(the_command uuid, payer bigint, payee bigint, points bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    done bigint;
    available bigint;
BEGIN
    PERFORM 1 FROM account WHERE id IN (payer, payee) ORDER BY id FOR UPDATE;
    SELECT seq INTO done FROM entry WHERE command = the_command;
    IF FOUND THEN
        RETURN done;
    END IF;
    SELECT balance INTO available FROM account WHERE id = payer;
    IF available IS NULL OR available < points THEN
        RETURN NULL;
    END IF;
    UPDATE account SET balance = balance - points WHERE id = payer;
    UPDATE account SET balance = balance + points WHERE id = payee;
    INSERT INTO entry (command, debit, credit, amount) VALUES (the_command, payer, payee, points) RETURNING seq INTO done;
    RETURN done;
END
$$;

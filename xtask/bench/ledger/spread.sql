\set payer :client_id % 50 + 1
\set payee (:payer + random(0, 48)) % 50 + 1
SELECT pay(gen_random_uuid(), :payer, :payee, 1);

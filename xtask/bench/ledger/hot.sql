\set payer :client_id + 1
SELECT pay(gen_random_uuid(), :payer, 65, 1);

#!/usr/bin/env bash
# Makes the synthetic JPKI of the tests with openssl, so that the verifier meets certificates our own code did not write.
# The keys are thrown away. Usage: ./make.sh, in an empty folder; the certificates stay.
set -eu
export LC_ALL=C.UTF-8

NAME=1.2.392.200149.8.5.5
SIGN_POLICY=1.2.392.200149.8.5.1.1.20
AUTH_POLICY=1.2.392.200149.8.5.1.3.30

cat > ca.cnf <<EOF
[ca]
default_ca = any
[any]
database = index.txt
serial = serial
new_certs_dir = .
default_md = sha256
policy = anything
unique_subject = no
string_mask = utf8only
[anything]
countryName = optional
localityName = optional
commonName = optional
organizationName = optional
organizationalUnitName = optional
[req]
distinguished_name = none
[none]
[of_ca]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
EOF

key() { # name kind
  case $2 in
    p384) openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out "$1.key" ;;
    *) openssl genpkey -quiet -algorithm RSA -pkeyopt "rsa_keygen_bits:$2" -out "$1.key" ;;
  esac
}

ca() { # name key-kind for [from to]
  key "$1" "$2"
  local subject="/C=JP/O=JPKI/OU=JPKI for $3/OU=Synthetic Agency"
  openssl req -new -config ca.cnf -key "$1.key" -subj "$subject" -out "$1.csr"
  sign "$1" "$1" of_ca ca.cnf "${4:-20230715000000Z}" "${5:-20330715235959Z}" -selfsign
}

sign() { # name ca section extensions from to [more]
  : > index.txt
  echo "0${RANDOM:0:1}A1B2C3" > serial
  local of=$1 by=$2 section=$3 file=$4 from=$5 to=$6
  shift 6
  openssl ca -batch -notext -config ca.cnf -in "$of.csr" -keyfile "$by.key" -cert "${SELF:-$by.pem}" \
    -extfile "$file" -extensions "$section" -startdate "$from" -enddate "$to" -out "$of.pem" "$@" 2> /dev/null
}

leaf() { # name ca key-kind extensions-file [from to] [more]
  local of=$1 by=$2 kind=$3 file=$4
  shift 4
  key "$of" "$kind"
  openssl req -new -config ca.cnf -key "$of.key" -subj "/C=JP/L=Minato-ken/L=Meguri-shi/CN=2026112109000000000000000000001" -out "$of.csr"
  local from=${1:-20260401000000Z} to=${2:-20310331235959Z}
  if [ $# -ge 2 ]; then shift 2; fi
  sign "$of" "$by" leaf "$file" "$from" "$to" "$@"
}

extensions() { # file policy usage san...
  local file=$1 policy=$2 usage=$3
  shift 3
  { echo "[leaf]"; echo "keyUsage = critical, $usage"; echo "certificatePolicies = $policy"
    if [ $# -gt 0 ]; then
      echo "subjectAltName = @names"; echo "[names]"
      local number=1
      for entry in "$@"; do echo "otherName.$number = $NAME.${entry%%=*};FORMAT:UTF8,UTF8:${entry#*=}"; number=$((number + 1)); done
    fi; } > "$file"
}

SIGNS=digitalSignature,nonRepudiation
good=("1=めぐり 花子" "2=000000" "3=2" "4=319850315" "5=みなと県めぐり市東浜一丁目2番3号" "6=00000000000000000")

ca ca-sign 2048 "digital signature"
ca ca-auth 2048 "user authentication"
ca ca-next p384 "digital signature"
ca ca-over 2048 "digital signature" 20150101000000Z 20251019235959Z
ca ca-other 2048 "digital signature"

extensions sign.ext $SIGN_POLICY $SIGNS "${good[@]}"
extensions auth.ext $AUTH_POLICY digitalSignature
extensions gaiji.ext $SIGN_POLICY $SIGNS "1=めぐり 斉子" "2=000010" "3=1" "4=119001130" "5=みなと県めぐり市西浜9番9号" "6=0"
extensions unknown.ext $SIGN_POLICY $SIGNS "1=めぐり 花子" "3=2" "4=319850000" "5=みなと県めぐり市"
extensions twice.ext $SIGN_POLICY $SIGNS "${good[@]}" "1=めぐり 太郎"
extensions nobody.ext $SIGN_POLICY $SIGNS
extensions less.ext $SIGN_POLICY $SIGNS "1=めぐり 花子" "3=2" "4=319850315"
extensions policy.ext $AUTH_POLICY $SIGNS "${good[@]}"
extensions usage.ext $SIGN_POLICY digitalSignature "${good[@]}"

leaf sign-rsa ca-sign 2048 sign.ext
leaf auth-rsa ca-auth 2048 auth.ext
leaf sign-p384 ca-next p384 sign.ext 20260401000000Z 20310331235959Z -md sha384
leaf gaiji ca-sign 2048 gaiji.ext
leaf unknown-birth ca-sign 2048 unknown.ext
leaf name-twice ca-sign 2048 twice.ext
leaf nobody ca-sign 2048 nobody.ext
leaf no-address ca-sign 2048 less.ext
leaf wrong-policy ca-sign 2048 policy.ext
leaf wrong-usage ca-sign 2048 usage.ext
leaf weak-key ca-sign 1024 sign.ext
leaf sha1 ca-sign 2048 sign.ext 20260401000000Z 20310331235959Z -md sha1
leaf sha512 ca-sign 2048 sign.ext 20260401000000Z 20310331235959Z -md sha512
leaf expired ca-sign 2048 sign.ext 20210401000000Z 20260331235959Z
leaf future ca-sign 2048 sign.ext 20270101000000Z 20311231235959Z
leaf other-ca ca-other 2048 sign.ext
leaf over ca-over 2048 sign.ext 20210401000000Z 20301019235959Z
leaf p256-hash ca-next p384 sign.ext 20260401000000Z 20310331235959Z -md sha256

rm -f -- *.key *.csr *.ext *.cnf index.* serial* 0*.pem

# Keys and certificates with openssl; sourced. Everything lies in $pki and is made once.
# shellcheck shell=bash

pki_key() { [ -s "$pki/$1.key" ] || (umask 077; openssl ecparam -name prime256v1 -genkey -noout -out "$pki/$1.key"); }

pki_ca() { # name
  [ -s "$pki/$1.crt" ] && return
  pki_key "$1"
  openssl req -x509 -new -key "$pki/$1.key" -subj "/CN=souk-$1" -days 3650 -out "$pki/$1.crt" \
    -addext keyUsage=critical,keyCertSign,digitalSignature 2>/dev/null
}

# pki_cert ca name subject server|client [subjectAltName]
pki_cert() {
  local ca=$1 name=$2 subject=$3 usage=$4 san=${5:-}
  [ -s "$pki/$name.crt" ] && return
  pki_key "$name"
  {
    echo "basicConstraints=CA:FALSE"
    echo "keyUsage=critical,digitalSignature"
    echo "extendedKeyUsage=${usage}Auth"
    [ -z "$san" ] || echo "subjectAltName=$san"
  } >"$pki/$name.ext"
  openssl req -new -key "$pki/$name.key" -subj "$subject" |
    openssl x509 -req -CA "$pki/$ca.crt" -CAkey "$pki/$ca.key" -set_serial "0x$(openssl rand -hex 16)" \
      -days 3650 -extfile "$pki/$name.ext" -out "$pki/$name.crt" 2>/dev/null
  rm "$pki/$name.ext"
}

# pki_kubeconfig file server token=...|cert=name
pki_kubeconfig() {
  local user
  case $3 in
    token=*) user="token: ${3#token=}" ;;
    cert=*) user="client-certificate-data: $(base64 -w0 "$pki/${3#cert=}.crt"), client-key-data: $(base64 -w0 "$pki/${3#cert=}.key")" ;;
  esac
  (umask 077; cat >"$1.new" <<EOF
apiVersion: v1
kind: Config
clusters: [{name: souk, cluster: {server: "$2", certificate-authority-data: $(base64 -w0 "$pki/ca.crt")}}]
users: [{name: souk, user: {$user}}]
contexts: [{name: souk, context: {cluster: souk, user: souk}}]
current-context: souk
EOF
  )
  mv "$1.new" "$1"                      # others may be reading it
}

#!/bin/sh
# Prepares a volume for nginx, which takes TLS on one port and hands requests to the program on another one of the
# same task: a key and a certificate of this task's own, the configuration, and room for what is passing through.
# Runs once before nginx, as root and without any of root's capabilities; nginx then runs as another user of root's
# group.
set -eu

directory=$1
port=$2
program_port=$3

umask 027
cd "$directory"

# A balancer encrypts and does not ask who answers, so a certificate of the task's own is enough. It outlives the task.
openssl req -x509 -newkey rsa:2048 -nodes -sha256 -days 3650 -subj /CN=task -keyout key.pem -out certificate.pem
# openssl lets nobody but the owner read the key.
chmod 0640 key.pem
mkdir -p work
chmod 0770 work

cat >nginx.conf <<NGINX
worker_processes auto;
# Below this level are the errors of single requests, which tell their query strings; the balancer counts them anyway.
error_log stderr crit;
pid $directory/work/nginx.pid;
daemon off;

events {
    worker_connections 4096;
}

http {
    server_tokens off;
    # Requests are in the balancer's log.
    access_log off;

    client_body_temp_path $directory/work/body;
    proxy_temp_path $directory/work/proxy;
    fastcgi_temp_path $directory/work/fastcgi;
    uwsgi_temp_path $directory/work/uwsgi;
    scgi_temp_path $directory/work/scgi;

    upstream program {
        server 127.0.0.1:$program_port;
        keepalive 64;
    }

    map \$http_upgrade \$upstream_connection {
        default upgrade;
        '' '';
    }

    server {
        listen $port ssl backlog=4096;
        ssl_certificate $directory/certificate.pem;
        ssl_certificate_key $directory/key.pem;
        ssl_protocols TLSv1.2 TLSv1.3;
        ssl_session_cache shared:tls:10m;

        # Longer than a balancer keeps an idle connection, or the balancer sends a request into a connection that is
        # just being closed and answers 502.
        keepalive_timeout 400s;
        keepalive_requests 100000;
        client_max_body_size 10m;

        location / {
            proxy_pass http://program;
            proxy_http_version 1.1;
            # What the balancer wrote down of the client, such as X-Forwarded-Proto, passes as it is.
            proxy_set_header Host \$http_host;
            proxy_set_header Upgrade \$http_upgrade;
            proxy_set_header Connection \$upstream_connection;
        }
    }
}
NGINX

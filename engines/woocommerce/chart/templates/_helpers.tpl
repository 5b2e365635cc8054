{{/* Call with (dict "root" $ "component" "wordpress"). */}}

{{- define "woocommerce.name" -}}
{{ .root.Release.Name }}-{{ .component }}
{{- end }}

{{- define "woocommerce.selector" -}}
app.kubernetes.io/name: woocommerce
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "woocommerce.labels" -}}
{{ include "woocommerce.selector" . }}
app.kubernetes.io/managed-by: Helm
souk.dev/store: {{ .root.Values.souk.store.id }}
souk.dev/engine: woocommerce
{{- end }}

{{- define "woocommerce.metadata" -}}
name: {{ include "woocommerce.name" . }}
namespace: {{ .root.Release.Namespace }}
labels: {{- include "woocommerce.labels" . | nindent 2 }}
{{- end }}

{{/* Pod fields that Pod Security `restricted` and Souk ask for; .uid is the image's user. */}}
{{- define "woocommerce.pod" -}}
serviceAccountName: {{ .root.Values.souk.serviceAccountName }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- if .root.Values.userNamespaces }}
hostUsers: false
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .uid }}
  runAsGroup: {{ .uid }}
  fsGroup: {{ .uid }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "woocommerce.container" -}}
name: {{ .component }}
image: {{ get .root.Values.images (.image | default .component) }}
imagePullPolicy: IfNotPresent
resources: {{- get .root.Values.resources .component | toYaml | nindent 2 }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
{{- end }}

{{- define "woocommerce.secretEnv" -}}
- name: {{ .name }}
  valueFrom: {secretKeyRef: {name: {{ get .root.Values.secrets .secret }}, key: {{ .key }}}}
{{- end }}

{{/* What every WordPress process is told. */}}
{{- define "woocommerce.env" -}}
- {name: DATABASE_HOST, value: {{ .root.Release.Name }}-mariadb}
- {name: STORE_URL, value: {{ .root.Values.souk.url | quote }}}
- {name: OUTGOING, value: {{ ternary "yes" "no" .root.Values.wordpress.outgoing | quote }}}
{{ include "woocommerce.secretEnv" (dict "root" .root "name" "DATABASE_PASSWORD" "secret" "database" "key" "password") }}
{{ include "woocommerce.secretEnv" (dict "root" .root "name" "KEY_SECRET" "secret" "app" "key" "key_secret") }}
{{- end }}

{{/* The folders WordPress writes to, for server and setup alike. */}}
{{- define "woocommerce.mounts" -}}
- {name: tmp, mountPath: /tmp}
- {name: uploads, mountPath: /srv/wordpress/wp-content/uploads}
{{- end }}

{{- define "woocommerce.volumes" -}}
- {name: tmp, emptyDir: {sizeLimit: 256Mi}}
{{- if .root.Values.uploads.enabled }}
- {name: uploads, persistentVolumeClaim: {claimName: {{ .root.Release.Name }}-uploads}}
{{- else }}
- {name: uploads, emptyDir: {sizeLimit: 256Mi}}
{{- end }}
{{- end }}

{{/* A volume that one node mounts keeps its pods together. */}}
{{- define "woocommerce.affinity" -}}
{{- if and .root.Values.uploads.enabled (eq .root.Values.uploads.accessMode "ReadWriteOnce") }}
affinity:
  podAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      - topologyKey: kubernetes.io/hostname
        labelSelector: {matchLabels: {souk.dev/uploads: {{ .root.Release.Name }}}}
{{- end }}
{{- end }}

{{/* Labels of WordPress' pods beside the ordinary ones. */}}
{{- define "woocommerce.podLabels" -}}
{{- if .root.Values.uploads.enabled }}
souk.dev/uploads: {{ .root.Release.Name }}
{{- end }}
{{- if .root.Values.wordpress.outgoing }}
souk.dev/egress: "true"
{{- end }}
{{- end }}

{{/* Pods of the shop: none while it is suspended. Call with (dict "root" $ "replicas" 1). */}}
{{- define "woocommerce.replicas" -}}
{{- ternary 0 (int .replicas) (default false .root.Values.souk.suspended) }}
{{- end }}

{{/* Whom a Service leads to: its part, or the sign while the shop is suspended. */}}
{{- define "woocommerce.backend" -}}
{{- include "woocommerce.selector" (dict "root" .root "component" (ternary "closed" .component (default false .root.Values.souk.suspended))) }}
{{- end }}

{{/* Another text is another template: a restart. Not for data. */}}
{{- define "woocommerce.restarted" -}}
{{- with .root.Values.souk.restarted }}
annotations: {souk.dev/restarted: {{ . | quote }}}
{{- end }}
{{- end }}

{{- define "woocommerce.claim" -}}
accessModes: [{{ .mode | default "ReadWriteOnce" }}]
{{- with .root.Values.souk.storageClass }}
storageClassName: {{ . }}
{{- end }}
resources: {requests: {storage: {{ .storage }}}}
{{- end }}

{{/* One policy for both directions of one part: .from and .to are lists of components, .port is where it listens. */}}
{{- define "woocommerce.peers" -}}
{{- range .components }}
- podSelector: {matchLabels: {app.kubernetes.io/name: woocommerce, app.kubernetes.io/instance: {{ $.root.Release.Name }}, app.kubernetes.io/component: {{ . }}}}
{{- end }}
{{- end }}

{{- define "woocommerce.validate" -}}
{{- if and (not .Values.uploads.enabled) (gt (int .Values.wordpress.replicas) 1) }}
{{- fail "wordpress.replicas above 1 needs uploads.enabled: without a shared volume a picture would be found by one replica only." }}
{{- end }}
{{- if gt (len .Release.Name) 40 }}
{{- fail "The release name may have 40 characters at most: names of Pods and Services are made from it." }}
{{- end }}
{{- end }}

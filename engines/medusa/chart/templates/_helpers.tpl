{{/* Call with (dict "root" $ "component" "server"). */}}

{{- define "medusa.name" -}}
{{ .root.Release.Name }}-{{ .component }}
{{- end }}

{{- define "medusa.selector" -}}
app.kubernetes.io/name: medusa
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "medusa.labels" -}}
{{ include "medusa.selector" . }}
app.kubernetes.io/managed-by: Helm
souk.dev/store: {{ .root.Values.souk.store.id }}
souk.dev/engine: medusa
{{- end }}

{{- define "medusa.metadata" -}}
name: {{ include "medusa.name" . }}
namespace: {{ .root.Release.Namespace }}
labels: {{- include "medusa.labels" . | nindent 2 }}
{{- end }}

{{/* Pod fields that Pod Security `restricted` and Souk ask for; .uid is the image's user. */}}
{{- define "medusa.pod" -}}
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

{{- define "medusa.container" -}}
name: {{ .component }}
image: {{ get .root.Values.images (.image | default .component) }}
imagePullPolicy: IfNotPresent
resources: {{- get .root.Values.resources .component | toYaml | nindent 2 }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
{{- end }}

{{- define "medusa.secretEnv" -}}
- name: {{ .name }}
  valueFrom: {secretKeyRef: {name: {{ get .root.Values.secrets .secret }}, key: {{ .key }}}}
{{- end }}

{{/* What every Medusa process is told. */}}
{{- define "medusa.env" -}}
- {name: DATABASE_HOST, value: {{ .root.Release.Name }}-postgres}
- {name: VALKEY_HOST, value: {{ .root.Release.Name }}-valkey}
- {name: STORE_URL, value: {{ .root.Values.souk.url | quote }}}
- {name: STORE_NAME, value: {{ .root.Values.souk.store.name | quote }}}
- {name: STORE_CURRENCY, value: {{ .root.Values.currency | quote }}}
{{ include "medusa.secretEnv" (dict "root" .root "name" "DATABASE_PASSWORD" "secret" "database" "key" "password") }}
{{ include "medusa.secretEnv" (dict "root" .root "name" "VALKEY_PASSWORD" "secret" "cache" "key" "password") }}
{{ include "medusa.secretEnv" (dict "root" .root "name" "JWT_SECRET" "secret" "app" "key" "jwt_secret") }}
{{ include "medusa.secretEnv" (dict "root" .root "name" "COOKIE_SECRET" "secret" "app" "key" "cookie_secret") }}
{{ include "medusa.secretEnv" (dict "root" .root "name" "PUBLISHABLE_KEY" "secret" "storefront" "key" "publishable_key") }}
{{- end }}

{{/* Pods of the shop: none while it is suspended. Call with (dict "root" $ "replicas" 1). */}}
{{- define "medusa.replicas" -}}
{{- ternary 0 (int .replicas) (default false .root.Values.souk.suspended) }}
{{- end }}

{{/* Whom a Service leads to: its part, or the sign while the shop is suspended. */}}
{{- define "medusa.backend" -}}
{{- include "medusa.selector" (dict "root" .root "component" (ternary "closed" .component (default false .root.Values.souk.suspended))) }}
{{- end }}

{{/* Another text is another template: a restart. Not for data. */}}
{{- define "medusa.restarted" -}}
{{- with .root.Values.souk.restarted }}
annotations: {souk.dev/restarted: {{ . | quote }}}
{{- end }}
{{- end }}

{{- define "medusa.claim" -}}
accessModes: [{{ .mode | default "ReadWriteOnce" }}]
{{- with .root.Values.souk.storageClass }}
storageClassName: {{ . }}
{{- end }}
resources: {requests: {storage: {{ .storage }}}}
{{- end }}

{{/* One policy for both directions of one part: .from and .to are lists of components, .port is where it listens. */}}
{{- define "medusa.peers" -}}
{{- range .components }}
- podSelector: {matchLabels: {app.kubernetes.io/name: medusa, app.kubernetes.io/instance: {{ $.root.Release.Name }}, app.kubernetes.io/component: {{ . }}}}
{{- end }}
{{- end }}

{{- define "medusa.validate" -}}
{{- if and (not .Values.uploads.enabled) (gt (int .Values.server.replicas) 1) }}
{{- fail "server.replicas above 1 needs uploads.enabled: without a shared volume a picture would be found by one replica only." }}
{{- end }}
{{- if gt (len .Release.Name) 40 }}
{{- fail "The release name may have 40 characters at most: names of Pods and Services are made from it." }}
{{- end }}
{{- end }}

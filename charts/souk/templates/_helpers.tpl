{{- define "souk.labels" -}}
app.kubernetes.io/name: souk
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: souk
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- /* User names of our identities, as admission sees them. */ -}}
{{- define "souk.worker" -}}
system:serviceaccount:{{ .Release.Namespace }}:{{ .Values.serviceAccount.name }}
{{- end }}
{{- define "souk.api" -}}
system:serviceaccount:{{ .Release.Namespace }}:{{ .Values.separateApi.serviceAccountName }}
{{- end }}

{{- define "souk.identities" -}}
['{{ include "souk.worker" . }}'{{ if .Values.separateApi.enabled }}, '{{ include "souk.api" . }}'{{ end }}]
{{- end }}

{{- define "souk.check" -}}
{{- if and .Values.separateApi.enabled (eq .Values.separateApi.serviceAccountName .Values.serviceAccount.name) }}
{{- fail "separateApi.serviceAccountName must differ from serviceAccount.name: the api must not have the worker's rights" }}
{{- end }}
{{- end }}

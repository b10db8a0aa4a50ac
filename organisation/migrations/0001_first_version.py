"""The tables of the first version.

`replaces` names the steps on the way to it. A database that has taken all of them is at this one; one that has taken
only some of them cannot go on from there.
"""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import ui.fields
import ui.sort
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ('organisation', '0001_initial'),
        ('organisation', '0002_plans'),
        ('organisation', '0003_units_over_time'),
        ('organisation', '0004_headings_in_layouts'),
        ('organisation', '0005_writemark'),
    ]

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='WriteMark',
            fields=[
                ('bucket', models.SmallIntegerField(primary_key=True, serialize=False)),
                ('token', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'abstract': False,
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='address')),
                ('name', ui.fields.LineField(max_length=120, verbose_name='name')),
                ('parent_name', ui.fields.LineField(blank=True, max_length=120, verbose_name='municipality or region')),
                ('committee', ui.fields.LineField(max_length=120, verbose_name='committee')),
                ('case_prefix', ui.fields.LineField(blank=True, max_length=20, verbose_name='case number prefix')),
                ('survey_threshold', models.PositiveSmallIntegerField(default=10, verbose_name='smallest group shown in surveys')),
                ('health_threshold', models.PositiveSmallIntegerField(default=11, verbose_name='smallest group shown for health figures')),
                ('is_example', models.BooleanField(default=False, verbose_name='example data')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('survey_threshold__gte', 5), ('health_threshold__gte', 5)), name='organisation_thresholds_at_least_five', violation_error_message='A group smaller than five is never shown.')],
            },
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departments', to='organisation.organisation')),
                ('code', ui.fields.LineField(max_length=20, verbose_name='code')),
                ('name', ui.fields.LineField(max_length=120, verbose_name='name')),
                ('aliases', models.JSONField(blank=True, default=list, verbose_name='other names')),
                ('guideline_category', ui.fields.LineField(blank=True, max_length=120, verbose_name='category in the guideline')),
                ('note', ui.fields.LineField(blank=True, max_length=300, verbose_name='note')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'code'), name='department_code_once_per_organisation', violation_error_message='There is already a department with this code.')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organisation.organisation')),
                ('kind', models.CharField(choices=[('editor', 'HR'), ('department_head', 'department head'), ('director', 'director'), ('secretary', 'committee secretary'), ('manager', 'unit manager'), ('reader', 'reader'), ('admin', 'system owner')], max_length=20, verbose_name='role')),
                ('wants_reminders', models.BooleanField(default=True, verbose_name='reminders by e-mail')),
                ('departments', models.ManyToManyField(blank=True, help_text='For department heads and unit managers.', related_name='memberships', to='organisation.department', verbose_name='departments')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'organisation'), name='membership_once_per_organisation', violation_error_message='This person already has a role in the organisation.')],
            },
        ),
        migrations.CreateModel(
            name='CalendarKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('membership', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_key', to='organisation.membership')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='Forum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='forums', to='organisation.organisation')),
                ('name', ui.fields.LineField(max_length=120, verbose_name='name')),
                ('kind', models.CharField(choices=[('management', 'management meeting'), ('union', 'union consultation'), ('working_party', 'working party'), ('committee', 'committee'), ('managers', "managers' meeting"), ('department', "departments' leadership groups")], max_length=20, verbose_name='kind')),
            ],
            options={
                'ordering': [ui.sort.Bytewise(django.db.models.functions.text.Lower(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(models.F('name'), models.Value('å'), models.Value('{')), models.Value('Å'), models.Value('{')), models.Value('ä'), models.Value('|')), models.Value('Ä'), models.Value('|')), models.Value('æ'), models.Value('|')), models.Value('ö'), models.Value('}')), models.Value('Ö'), models.Value('}')), models.Value('ø'), models.Value('}')), models.Value('é'), models.Value('e')), models.Value('É'), models.Value('e'))))],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='forum_name_once_per_organisation')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='organisation.organisation')),
                ('key', ui.fields.LineField(max_length=120)),
                ('title', ui.fields.LineField(max_length=200)),
                ('url', ui.fields.LineField(max_length=300)),
                ('fields', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'organisation', 'key'), name='draft_once_per_user_and_form')],
            },
        ),
        migrations.CreateModel(
            name='Predecessor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='organisation.organisation')),
                ('name', ui.fields.LineField(max_length=120, verbose_name='name')),
                ('last_day', models.DateField(blank=True, null=True, verbose_name='last day')),
            ],
            options={
                'ordering': [ui.sort.Bytewise(django.db.models.functions.text.Lower(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(models.F('name'), models.Value('å'), models.Value('{')), models.Value('Å'), models.Value('{')), models.Value('ä'), models.Value('|')), models.Value('Ä'), models.Value('|')), models.Value('æ'), models.Value('|')), models.Value('ö'), models.Value('}')), models.Value('Ö'), models.Value('}')), models.Value('ø'), models.Value('}')), models.Value('é'), models.Value('e')), models.Value('É'), models.Value('e'))))],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='predecessor_name_once_per_organisation', violation_error_message='There is already a predecessor with this name.')],
            },
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='organisation.organisation')),
                ('name', ui.fields.LineField(max_length=120, verbose_name='name')),
                ('aliases', models.JSONField(blank=True, default=list, verbose_name='other names')),
            ],
            options={
                'ordering': [ui.sort.Bytewise(django.db.models.functions.text.Lower(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(models.F('name'), models.Value('å'), models.Value('{')), models.Value('Å'), models.Value('{')), models.Value('ä'), models.Value('|')), models.Value('Ä'), models.Value('|')), models.Value('æ'), models.Value('|')), models.Value('ö'), models.Value('}')), models.Value('Ö'), models.Value('}')), models.Value('ø'), models.Value('}')), models.Value('é'), models.Value('e')), models.Value('É'), models.Value('e'))))],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='role_name_once_per_organisation', violation_error_message='There is already a role with this name.')],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='organisation.department')),
                ('code', ui.fields.LineField(max_length=20, verbose_name='code')),
                ('name', ui.fields.LineField(max_length=120, verbose_name='name')),
                ('is_management', models.BooleanField(default=False, verbose_name='management or shared functions')),
                ('guideline_category', ui.fields.LineField(blank=True, max_length=120, verbose_name='category of its own')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_units', to='organisation.unit', verbose_name='merged into')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('department', 'code'), name='unit_code_once_per_department', violation_error_message='There is already a unit with this code.'), models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), ('closed_on__isnull', False), _connector='OR'), name='unit_merged_is_closed', violation_error_message='A unit that has merged into another has a day when it closed.')],
            },
        ),
    ]
